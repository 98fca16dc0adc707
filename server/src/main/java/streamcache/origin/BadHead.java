package streamcache.origin;

import org.apache.hc.core5.http.ProtocolException;

/** A response head that cannot be trusted; the message is ours and holds nothing of it. */
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
