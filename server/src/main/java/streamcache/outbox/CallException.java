package streamcache.outbox;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;

/** A call that got no response. The message is for people and contains no part of the address. */
public final class CallException extends IOException {

  private static final long serialVersionUID = 1L;

  CallException(String words) {
    super(words);
  }

  /** Drops the cause, because its message may contain the address. */
  static CallException of(IOException cause) {
    return new CallException(
        switch (cause) {
          case UnknownHostException _ -> "its host name does not exist";
          case ConnectTimeoutException _ -> "it did not accept the connection in time";
          case SocketTimeoutException _ -> "it did not answer in time";
          case SSLException _ -> "the TLS connection failed; check its certificate";
          case ConnectException _ -> "it refuses connections";
          default -> "the connection was lost";
        });
  }

  /** What went wrong, worded to follow the name of the program called. */
  public String words() {
    return String.valueOf(getMessage());
  }
}
