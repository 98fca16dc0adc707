package streamcache.origin;

import java.io.IOException;

/** Thrown when a proxy does not make the connection. The message holds no credentials. */
final class ProxyRefusal extends IOException {

  private static final long serialVersionUID = 1L;

  private final String reason;

  ProxyRefusal(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
