package streamcache.testkit.wild;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A way to write Content-Range, or to leave it out. */
public enum Spelling {
  EQUALS("bytes=%1$s-%2$s/%4$s"),
  COLON("bytes: %1$s-%2$s/%4$s"),
  NO_UNIT("%1$s-%2$s/%4$s"),
  UPPER_CASE("BYTES %1$s-%2$s/%4$s"),
  BLANKS("  bytes  %1$s - %2$s / %4$s "),
  NO_TOTAL("bytes %1$s-%2$s"),
  TOTAL_ZERO("bytes %1$s-%2$s/0"),
  TOTAL_NEGATIVE("bytes %1$s-%2$s/-1"),
  TOTAL_STAR("bytes %1$s-%2$s/*"),
  TOTAL_STAR_EQUALS("bytes=%1$s-%2$s/*"),
  END_EXCLUSIVE("bytes %1$s-%3$s/%4$s"),
  ABSENT("");

  private static final Pattern RANGE =
      Pattern.compile("Content-Range: bytes (\\d+)-(\\d+)/(\\S+)\r\n");

  private final String form;

  Spelling(String form) {
    this.form = form;
  }

  /** Any one of them, another one for each following number. */
  public static Spelling of(int number) {
    return values()[number % values().length];
  }

  /** Rewrites the field in the head of a 206; any other head stays as it is. */
  public String applyTo(String head) {
    Matcher range = RANGE.matcher(head);
    if (!range.find()) {
      return head;
    }
    String behind = Long.toString(Long.parseLong(range.group(2)) + 1);
    String written = form.formatted(range.group(1), range.group(2), behind, range.group(3));
    return range.replaceFirst(form.isEmpty() ? "" : "Content-Range: " + written + "\r\n");
  }
}
