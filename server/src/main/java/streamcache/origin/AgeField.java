package streamcache.origin;

/** The Age field of a response (RFC 9111 section 5.1). Pure. */
final class AgeField {

  /** What a number means that is too large to be stored (RFC 9111 section 1.2.2), in seconds. */
  private static final long LONGEST = 1L << 31;

  private AgeField() {}

  /** The age in seconds, by the first member if there are several; 0 if it is not a number. */
  static long parse(String written) {
    int comma = written.indexOf(',');
    String first = (comma < 0 ? written : written.substring(0, comma)).strip();
    if (!first.matches("[0-9]+")) {
      return 0;
    }
    return first.length() > 10 ? LONGEST : Math.min(LONGEST, Long.parseLong(first));
  }
}
