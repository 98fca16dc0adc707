package streamcache.link;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The content of a {@code .strm} file: one of our links after any address and base path, or the URL
 * of a provider. Pure.
 */
public final class StrmLine {

  /** A link after any address and base path; it may itself contain {@code /u/}. */
  private static final Pattern PATH =
      Pattern.compile(
          "^(?:https?://[^/?#]*)?(?:/+[^/?#]+)*?/*(/[use]/[^?#]*)", Pattern.CASE_INSENSITIVE);

  /** Certainly a link, even though a provider may also have folders with these names. */
  private static final Pattern SHAPE =
      Pattern.compile(
          "/u/+(?:aHR0c|SFRUU|SHR0c)|/s/[A-Za-z0-9][\\w-]{22}/u/|/e/[A-Za-z0-9][\\w-]{38,}(?:/|$)");

  private StrmLine() {}

  /** Whether the text is one of our links and not a provider's URL. */
  public static boolean isLink(String text) {
    return SHAPE.matcher(text).find();
  }

  /**
   * What precedes the path of a link: scheme, host and base path, without a slash at the end and
   * without a password. Empty if the text is not a link, or only the path of one.
   */
  public static String base(String text) {
    Matcher link = PATH.matcher(text);
    return link.find()
        ? text.substring(0, link.start(1)).replaceAll("/+$", "").replaceAll("://[^/]*@", "://****@")
        : "";
  }

  /**
   * The path of the link, without its query, as {@link Links#open} expects it.
   *
   * @throws BadLink if the text is not a link
   */
  public static String path(String text) throws BadLink {
    Matcher link = PATH.matcher(text);
    if (!link.find()) {
      throw new BadLink("This is not a link: it contains no /u/, /s/ or /e/.");
    }
    return link.group(1);
  }
}
