package streamcache.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Identifies subtitles: the only texts that are served, and only behind links that end in the
 * extension of one. Such a link says nothing about what its server sends today: a page or an error
 * in place of a subtitle is recognized by its first bytes. Pure.
 */
public final class Subtitle {

  /**
   * Larger than any subtitle that is text, in bytes; those with pictures are films by their bytes.
   */
  public static final long MOST_BYTES = 5L << 20;

  /** Nearly all subtitles show what they are within this many bytes. */
  public static final int ENOUGH = 64;

  private static final Map<String, String> TYPES =
      Map.of(
          "srt", "application/x-subrip",
          "vtt", "text/vtt",
          "ass", "text/x-ssa",
          "ssa", "text/x-ssa",
          "sub", "text/x-microdvd",
          "idx", "application/x-vobsub");

  /** How a page, a document and a JSON value begin; MicroDVD begins with a brace and a number. */
  private static final Pattern FOREIGN = Pattern.compile("<|\\{\\s*[\"}]|\\[\\s*[\"{\\]]");

  private static final Pattern SIGN =
      Pattern.compile(
          "\\AWEBVTT"
              + "|\\A# VobSub"
              + "|\\A\\{\\d+}\\{\\d*}|\\A\\{DEFAULT}|\\A\\[\\d+]\\[\\d*]"
              + "|\\A\\d{1,2}:\\d{2}:\\d{2}[.,:= ]"
              + "|\\[(?:Script Info|V4\\+? Styles|Events|INFORMATION|SUBTITLE)]"
              + "|\\d{1,2}:\\d{2}[.,:]\\d{2,3}.{0,9}-->",
          Pattern.CASE_INSENSITIVE);

  private Subtitle() {}

  /** Whether one of the names ends in the extension of a subtitle. */
  public static boolean isNamed(List<String> names) {
    return names.stream().anyMatch(name -> typeOf(name).isPresent());
  }

  /** Whether a file that begins with these bytes is a subtitle in text. */
  public static boolean isText(byte[] first) {
    String text = letters(first);
    return TextSniff.isText(first)
        && !FOREIGN.matcher(text).lookingAt()
        && SIGN.matcher(text).find();
  }

  /**
   * The type of a subtitle for players, by the first name that has one.
   *
   * @param first the file's first bytes
   * @return empty if the file is no subtitle in text, or not named like one
   */
  public static Optional<String> type(List<String> names, byte[] first) {
    Optional<String> named = names.stream().flatMap(name -> typeOf(name).stream()).findFirst();
    return named.filter(_ -> isText(first));
  }

  /** Whether a stored file is a subtitle, by the type that it was given. */
  public static boolean isType(String type) {
    return TYPES.containsValue(type);
  }

  private static Optional<String> typeOf(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0
        ? Optional.empty()
        : Optional.ofNullable(TYPES.get(name.substring(dot + 1).toLowerCase(Locale.ROOT)));
  }

  /** The text without marks of its encoding; of UTF-16 only its ASCII letters are left. */
  private static String letters(byte[] first) {
    return new String(first, ISO_8859_1)
        .replaceFirst("^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)", "")
        .replace("\0", "")
        .stripLeading();
  }
}
