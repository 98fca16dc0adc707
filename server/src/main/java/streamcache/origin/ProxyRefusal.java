package streamcache.origin;

import java.io.IOException;

/** A proxy would not lead on; the message is ours and holds no credentials. */
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
