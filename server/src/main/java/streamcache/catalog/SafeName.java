package streamcache.catalog;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * Makes the name of a file or folder from a provider's text, so that every file system and every
 * system that shares it accepts the name, and it stays in its folder. Pure; one thread.
 */
final class SafeName {

  /** File systems allow 255; the rest is for a suffix, an extension and that of a draft. */
  static final int MOST_BYTES = 200;

  private static final Pattern COLON = Pattern.compile("\\s*:\\s+");
  private static final Pattern DASH = Pattern.compile("[:/\\\\|]");
  private static final Pattern DROPPED = Pattern.compile("[<>?*]");

  /** Invisible characters, except for the joiners that Persian and emoji need. */
  private static final Pattern INVISIBLE =
      Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}]|(?![\u200c\u200d])\\p{Cf}");

  private static final Pattern BLANKS = Pattern.compile("[\\p{Zs}\\s]+");
  private static final Pattern EDGES = Pattern.compile("^[. ]+|[. ]+$");

  /** Device names that Windows reserves in every folder, with or without an extension. */
  private static final Pattern DEVICE =
      Pattern.compile(
          "(?i)(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])(\\s*\\..*)?");

  private static final String UNNAMED = "Untitled";

  private final CharsetEncoder encoder;

  /**
   * @param encoding how the system encodes file names; Java rejects a path with other characters
   */
  SafeName(Charset encoding) {
    this.encoder = encoding.newEncoder();
  }

  static SafeName ofSystem() {
    return new SafeName(
        Charset.forName(System.getProperty("sun.jnu.encoding", StandardCharsets.UTF_8.name())));
  }

  /** At most {@link #MOST_BYTES} bytes in UTF-8; never empty. */
  String of(String text) {
    return of(text, "");
  }

  /**
   * @param tail what the name ends in, even if the text has to be cut
   */
  String of(String text, String tail) {
    String name = INVISIBLE.matcher(BLANKS.matcher(text).replaceAll(" ")).replaceAll("");
    name = DASH.matcher(COLON.matcher(name).replaceAll(" - ")).replaceAll("-");
    name = DROPPED.matcher(name).replaceAll("").replace('"', '\'');
    name = encodable(Normalizer.normalize(name, Normalizer.Form.NFC));
    name = BLANKS.matcher(name).replaceAll(" ");
    name = trimmed(name);
    name = DEVICE.matcher(name + tail).matches() ? "_" + name : name;
    name = trimmed(cut(name, MOST_BYTES - tail.getBytes(StandardCharsets.UTF_8).length));
    return (name.isEmpty() ? UNNAMED : name) + tail;
  }

  private String encodable(String name) {
    if (encoder.canEncode(name)) {
      return name;
    }
    StringBuilder encodable = new StringBuilder();
    name.codePoints()
        .mapToObj(Character::toString)
        .forEach(letter -> encodable.append(encoder.canEncode(letter) ? letter : "_"));
    return encodable.toString();
  }

  private static String trimmed(String text) {
    return EDGES.matcher(text).replaceAll("");
  }

  /** The longest prefix of whole code points that takes at most {@code bytes} bytes in UTF-8. */
  private static String cut(String text, int bytes) {
    int length = 0;
    for (int at = 0; at < text.length(); ) {
      int next = text.offsetByCodePoints(at, 1);
      length += text.substring(at, next).getBytes(StandardCharsets.UTF_8).length;
      if (length > bytes) {
        return text.substring(0, at);
      }
      at = next;
    }
    return text;
  }
}
