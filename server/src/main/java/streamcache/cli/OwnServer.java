package streamcache.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import streamcache.origin.AnyCertificate;

/**
 * A connection to the server with these settings. The certificate is not checked: it is for the
 * name that players use and not for this address, and an attacker who could replace the server on
 * this host would not need to forge it.
 */
final class OwnServer {

  private OwnServer() {}

  /** The caller closes the socket, which closes TLS as well. */
  static Socket connect(String host, int port, boolean isSecure, int withinMillis)
      throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), withinMillis);
      socket.setSoTimeout(withinMillis);
      return isSecure
          ? AnyCertificate.context()
              .getSocketFactory()
              .createSocket(socket, host, port, /* autoClose= */ true)
          : socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
