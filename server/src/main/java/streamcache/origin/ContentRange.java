package streamcache.origin;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The range that a 206 declares for its body: bytes {@code [start, end)} of {@code total}.
 *
 * @param end offset after the last byte, greater than {@code start}
 * @param total length of the whole file; empty for {@code *}
 */
record ContentRange(long start, long end, OptionalLong total) {

  private static final Pattern SATISFIED =
      Pattern.compile(
          "bytes +([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\\*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern UNSATISFIED =
      Pattern.compile("bytes +\\*/([0-9]{1,18})", Pattern.CASE_INSENSITIVE);

  /** Empty unless the value is a well-formed, possible range: no byte goes to a guessed offset. */
  static Optional<ContentRange> parse(String value) {
    Matcher range = SATISFIED.matcher(value);
    if (!range.matches()) {
      return Optional.empty();
    }
    long start = Long.parseLong(range.group(1));
    long last = Long.parseLong(range.group(2));
    boolean isOpen = range.group(3).equals("*");
    OptionalLong total =
        isOpen ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(range.group(3)));
    if (last < start || last >= total.orElse(Long.MAX_VALUE)) {
      return Optional.empty();
    }
    return Optional.of(new ContentRange(start, last + 1, total));
  }

  /** The total length that a 416 states; empty if it states none. */
  static OptionalLong totalOfRefusal(String value) {
    Matcher refusal = UNSATISFIED.matcher(value);
    return refusal.matches()
        ? OptionalLong.of(Long.parseLong(refusal.group(1)))
        : OptionalLong.empty();
  }

  long length() {
    return end - start;
  }
}
