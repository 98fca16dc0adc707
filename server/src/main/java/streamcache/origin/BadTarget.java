package streamcache.origin;

/** Thrown for a URL that cannot be requested. The message says why and quotes nothing from it. */
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
