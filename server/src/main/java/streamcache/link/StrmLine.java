package streamcache.link;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands in a {@code .strm} file: a link of ours behind any address and base path, or the URL
 * of a provider. Pure.
 */
public final class StrmLine {

  /** Behind any address and base path; a link may hold {@code /u/} within. */
  private static final Pattern PATH =
      Pattern.compile(
          "^(?:https?://[^/?#]*)?(?:/[^/?#]+)*?(/[use]/[^?#]*)", Pattern.CASE_INSENSITIVE);

  /** Beyond doubt a link, though a provider may have folders of these names, too. */
  private static final Pattern SHAPE =
      Pattern.compile(
          "/u/(?:aHR0c|SFRUU|SHR0c)|/s/[A-Za-z0-9][\\w-]{22}/u/|/e/[A-Za-z0-9][\\w-]{38,}(?:/|$)");

  private StrmLine() {}

  /** Whether the text is a link of ours and not the URL of a film. */
  public static boolean isLink(String text) {
    return SHAPE.matcher(text).find();
  }

  /**
   * The path of the link, without its query, as {@link Links#open} takes it.
   *
   * @throws BadLink it is none
   */
  public static String path(String text) throws BadLink {
    Matcher link = PATH.matcher(text);
    if (!link.find()) {
      throw new BadLink("This is no link: there is no /u/, /s/ or /e/ in it.");
    }
    return link.group(1);
  }
}
