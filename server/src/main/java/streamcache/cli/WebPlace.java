package streamcache.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import streamcache.link.BadLink;
import streamcache.link.HttpUrl;

/**
 * Where a command connects to, and how. Used by commands, on their thread; blocks.
 *
 * @param host a name, or an address without brackets
 * @param authority the value of a Host header
 */
record WebPlace(String host, int port, boolean isSecure, String authority) {

  /** In milliseconds. */
  private static final int CONNECT_WITHIN = 5000;

  private static final int ANSWER_WITHIN = 15_000;

  /** In bytes. Small, so that a server is soon held up if nobody reads its response. */
  private static final int RECEIVE_BUFFER = 64 * 1024;

  /**
   * @throws BadLink if it is no URL
   */
  static WebPlace of(String url) throws BadLink {
    HttpUrl parsed = HttpUrl.parse(url);
    return new WebPlace(parsed.address(), parsed.effectivePort(), parsed.tls(), parsed.authority());
  }

  /**
   * A connection; the caller closes it.
   *
   * @param trust decides on certificates
   * @param checksName whether the certificate has to be for the host
   */
  Socket connect(SSLContext trust, boolean checksName) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setReceiveBufferSize(RECEIVE_BUFFER);
      InetSocketAddress address = new InetSocketAddress(host, port);
      if (address.isUnresolved()) {
        throw new UnknownHostException(host);
      }
      socket.connect(address, CONNECT_WITHIN);
      socket.setSoTimeout(ANSWER_WITHIN);
      return isSecure ? secured(socket, trust, checksName) : socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private Socket secured(Socket plain, SSLContext trust, boolean checksName) throws IOException {
    SSLSocketFactory factory = trust.getSocketFactory();
    if (!(factory.createSocket(plain, host, port, /* autoClose= */ true)
        instanceof SSLSocket tls)) {
      throw new IOException("this Java has no TLS");
    }
    if (checksName) {
      SSLParameters parameters = tls.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      tls.setSSLParameters(parameters);
    }
    tls.startHandshake();
    return tls;
  }
}
