package streamcache.origin;

import org.apache.hc.core5.http.ProtocolException;

/** Thrown for a response head that cannot be trusted. The message quotes nothing from the head. */
final class BadHead extends ProtocolException {

  private static final long serialVersionUID = 1L;

  private final String reason;

  BadHead(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
