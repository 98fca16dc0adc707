package streamcache.origin;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The range that a response declares for its body: bytes {@code [start, end)} of {@code total}.
 *
 * @param end offset after the last byte, greater than {@code start}
 * @param total length of the whole file; empty where it is not stated, or stated as {@code *}, 0 or
 *     a negative number
 */
record ContentRange(long start, long end, OptionalLong total) {

  /**
   * RFC 9110 section 14.4 demands {@code bytes a-b/t}. Seen as well (public report b06): another
   * separator after the unit, no unit, no total, and blanks.
   */
  private static final Pattern SATISFIED =
      Pattern.compile(
          "\\s*(?:bytes\\s*[:=]?)?\\s*([0-9]{1,18})\\s*-\\s*([0-9]{1,18})\\s*"
              + "(?:/\\s*(-?[0-9]{1,18}|\\*)?\\s*)?",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern UNSATISFIED =
      Pattern.compile(
          "\\s*(?:bytes\\s*[:=]?)?\\s*\\*\\s*/\\s*([0-9]{1,18})\\s*", Pattern.CASE_INSENSITIVE);

  /**
   * Empty unless the value is a possible range, however it is written: no byte goes to a guessed
   * offset. A last byte that equals the total is taken for the offset after the last byte.
   */
  static Optional<ContentRange> parse(String value) {
    Matcher range = SATISFIED.matcher(value);
    if (!range.matches()) {
      return Optional.empty();
    }
    long start = Long.parseLong(range.group(1));
    long last = Long.parseLong(range.group(2));
    OptionalLong total = total(range.group(3));
    long end = Math.min(last + 1, total.orElse(Long.MAX_VALUE));
    if (end <= start || last > total.orElse(Long.MAX_VALUE)) {
      return Optional.empty();
    }
    return Optional.of(new ContentRange(start, end, total));
  }

  private static OptionalLong total(@Nullable String written) {
    if (written == null || written.equals("*")) {
      return OptionalLong.empty();
    }
    long total = Long.parseLong(written);
    return total > 0 ? OptionalLong.of(total) : OptionalLong.empty();
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
