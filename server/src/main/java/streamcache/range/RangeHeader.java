package streamcache.range;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The Range header field of RFC 9110 section 14: {@link #parse} reads what was requested, and
 * {@link #resolve} applies it to a file of known length. Pure; called on each request's thread.
 */
public final class RangeHeader {

  /** No player requests more parts than this; the whole file is the cheaper response. */
  private static final int MOST_PARTS = 16;

  /** A header with more specs is ignored, which keeps the pairwise checks cheap. */
  private static final int MOST_SPECS = 128;

  /** Most ranges that overlap another; more is the attack that RFC 9110 section 14.2 names. */
  private static final int MOST_OVERLAPPING = 2;

  /** A gap below this, in bytes, costs less than the header of another part. */
  private static final long SMALL_GAP = 80;

  private static final String UNIT = "bytes=";

  /** One element of the header. */
  public sealed interface Spec {}

  /** {@code first-last}, both included. */
  public record FromTo(long first, long last) implements Spec {}

  /** {@code first-}: up to the end. */
  public record From(long first) implements Spec {}

  /** {@code -length}: the last {@code length} bytes. */
  public record Suffix(long length) implements Spec {}

  /** What to respond with. */
  public sealed interface Selection {}

  /** 416: no byte of the file was requested. */
  public record Unsatisfiable() implements Selection {}

  /** 200: the header is ignored. */
  public record Whole() implements Selection {}

  /** 206 with one range, never empty. */
  public record Single(ByteRange range) implements Selection {}

  /** 206 as multipart/byteranges: 2 to 16 disjoint ranges in the requested order. */
  public record Several(List<ByteRange> ranges) implements Selection {
    public Several {
      ranges = List.copyOf(ranges);
    }
  }

  private RangeHeader() {}

  /**
   * @param value of the Range field; numbers too large for a long become Long.MAX_VALUE
   * @return at least one spec; empty if the field must be ignored, for another unit or bad syntax
   */
  public static Optional<List<Spec>> parse(String value) {
    String trimmed = trim(value);
    if (!trimmed.regionMatches(/* ignoreCase= */ true, 0, UNIT, 0, UNIT.length())) {
      return Optional.empty();
    }
    List<Spec> specs = new ArrayList<>();
    int at = UNIT.length();
    while (at <= trimmed.length()) {
      int comma = trimmed.indexOf(',', at);
      int end = comma < 0 ? trimmed.length() : comma;
      String element = trim(trimmed.substring(at, end));
      at = end + 1;
      if (element.isEmpty()) {
        continue; // RFC 9110 section 5.6.1: a recipient accepts empty list elements.
      }
      Optional<Spec> spec = spec(element);
      if (spec.isEmpty()) {
        return Optional.empty();
      }
      specs.add(spec.get());
    }
    return specs.isEmpty() ? Optional.empty() : Optional.of(specs);
  }

  /**
   * What {@code specs} select from a file of {@code total} bytes. Ranges that overlap or nearly
   * touch are merged, at the place of the first of them.
   */
  public static Selection resolve(List<Spec> specs, long total) {
    if (specs.size() > MOST_SPECS) {
      return new Whole();
    }
    List<ByteRange> asked = new ArrayList<>();
    for (Spec spec : specs) {
      ByteRange range = range(spec, total);
      if (!range.isEmpty()) {
        asked.add(range);
      }
    }
    if (asked.isEmpty()) {
      return isEmptySuffix(specs, total) ? new Whole() : new Unsatisfiable();
    }
    if (asked.size() == 1) {
      return new Single(asked.getFirst());
    }
    if (overlapping(asked) > MOST_OVERLAPPING) {
      return new Whole();
    }
    List<ByteRange> parts = coalesce(asked);
    if (parts.size() > MOST_PARTS) {
      return new Whole();
    }
    return parts.size() == 1 ? new Single(parts.getFirst()) : new Several(parts);
  }

  private static Optional<Spec> spec(String element) {
    int dash = element.indexOf('-');
    if (dash < 0) {
      return Optional.empty();
    }
    String left = element.substring(0, dash);
    String right = element.substring(dash + 1);
    if (!isDigits(left) || !isDigits(right) || element.length() == 1) {
      return Optional.empty();
    }
    if (left.isEmpty()) {
      return Optional.of(new Suffix(number(right)));
    }
    if (right.isEmpty()) {
      return Optional.of(new From(number(left)));
    }
    FromTo spec = new FromTo(number(left), number(right));
    return spec.last < spec.first ? Optional.empty() : Optional.of(spec);
  }

  /** The bytes of the file that a spec selects; empty if there are none. */
  private static ByteRange range(Spec spec, long total) {
    return switch (spec) {
      case FromTo(long first, long last) ->
          new ByteRange(Math.min(first, total), last < total ? last + 1 : total);
      case From(long first) -> new ByteRange(Math.min(first, total), total);
      case Suffix(long length) -> new ByteRange(Math.max(0, total - length), total);
    };
  }

  /** A suffix of an empty file is satisfiable, but no Content-Range can say so. */
  private static boolean isEmptySuffix(List<Spec> specs, long total) {
    return total == 0
        && specs.stream().anyMatch(spec -> spec instanceof Suffix suffix && suffix.length > 0);
  }

  private static int overlapping(List<ByteRange> asked) {
    int overlapping = 0;
    for (int i = 0; i < asked.size(); i++) {
      for (int j = 0; j < asked.size(); j++) {
        if (i != j && asked.get(i).overlaps(asked.get(j))) {
          overlapping++;
          break;
        }
      }
    }
    return overlapping;
  }

  private static List<ByteRange> coalesce(List<ByteRange> asked) {
    List<ByteRange> parts = new ArrayList<>();
    for (ByteRange range : asked) {
      ByteRange part = range;
      int place = parts.size();
      for (int i = parts.size() - 1; i >= 0; i--) {
        ByteRange other = parts.get(i);
        if (isNear(part, other)) {
          part =
              new ByteRange(
                  Math.min(part.start(), other.start()), Math.max(part.end(), other.end()));
          parts.remove(i);
          place = i;
        }
      }
      parts.add(place, part);
    }
    return parts;
  }

  private static boolean isNear(ByteRange one, ByteRange other) {
    return one.start() - other.end() < SMALL_GAP && other.start() - one.end() < SMALL_GAP;
  }

  private static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static long number(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE; // Only digits get here, so the number is too large.
    }
  }

  /** Removes the spaces and tabs of RFC 9110's OWS; other white space remains an error. */
  private static String trim(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
