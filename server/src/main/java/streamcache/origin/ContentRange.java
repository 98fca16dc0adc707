package streamcache.origin;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a 206 says its body is: bytes {@code [start, end)} of {@code total}.
 *
 * @param end offset behind the last byte, greater than {@code start}
 * @param total length of the whole file; empty for {@code *}
 */
record ContentRange(long start, long end, OptionalLong total) {

  private static final Pattern SATISFIED =
      Pattern.compile(
          "bytes +([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\\*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern UNSATISFIED =
      Pattern.compile("bytes +\\*/([0-9]{1,18})", Pattern.CASE_INSENSITIVE);

  /** Empty for anything but a well-formed, possible range: bytes may not go where we guess. */
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

  /** The total that a 416 tells. */
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
