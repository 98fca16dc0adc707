package streamcache.origin;

/** A URL that cannot be requested; the message says why and holds nothing of it. */
final class BadTarget extends Exception {

  private static final long serialVersionUID = 1L;

  private final String reason;

  BadTarget(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
