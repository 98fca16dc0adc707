package streamcache.store;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The file name in a provider's Content-Disposition header field (RFC 6266), parsed leniently: many
 * providers do not follow the RFC. Pure; the name is returned as received, not yet cleaned.
 */
public final class ContentDisposition {

  private final String text;
  private int at;

  private ContentDisposition(String text) {
    this.text = text;
  }

  /** Prefers {@code filename*} to {@code filename}; empty if neither can be read. */
  public static Optional<String> fileName(String value) {
    Map<String, String> parameters = new ContentDisposition(value).parameters();
    String extended = parameters.get("filename*");
    if (extended != null) {
      Optional<String> name = extended(extended);
      if (name.isPresent()) {
        return name;
      }
    }
    return Optional.ofNullable(parameters.get("filename")).map(ContentDisposition::utf8);
  }

  /** Percent-decodes UTF-8; returns the text itself if it has no escapes or invalid ones. */
  static String unescaped(String text) {
    return text.indexOf('%') < 0 ? text : percentDecoded(text, StandardCharsets.UTF_8).orElse(text);
  }

  private Map<String, String> parameters() {
    Map<String, String> parameters = new HashMap<>();
    at = end(';', 0);
    while (at < text.length()) {
      int start = at + 1; // after the semicolon
      int equals = text.indexOf('=', start);
      if (equals < 0) {
        break;
      }
      String name = text.substring(start, equals).strip().toLowerCase(Locale.ROOT);
      at = equals + 1;
      parameters.putIfAbsent(name, value());
    }
    return parameters;
  }

  /** Reads a quoted string or, leniently, everything up to the next semicolon. */
  private String value() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    if (at == text.length() || text.charAt(at) != '"') {
      int start = at;
      at = end(';', at);
      return text.substring(start, at).strip();
    }
    StringBuilder value = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      value.append(text.charAt(at++));
    }
    at = end(';', at);
    return value.toString();
  }

  private int end(char mark, int from) {
    int found = text.indexOf(mark, from);
    return found < 0 ? text.length() : found;
  }

  /** {@code charset'language'percent-encoded} of RFC 8187. */
  private static Optional<String> extended(String value) {
    int first = value.indexOf('\'');
    int second = value.indexOf('\'', first + 1);
    if (first < 0 || second < 0) {
      return Optional.empty();
    }
    String encoded = value.substring(second + 1);
    return switch (value.substring(0, first).toUpperCase(Locale.ROOT)) {
      case "UTF-8" -> percentDecoded(encoded, StandardCharsets.UTF_8);
      case "ISO-8859-1" -> percentDecoded(encoded, StandardCharsets.ISO_8859_1);
      default -> Optional.empty();
    };
  }

  private static Optional<String> percentDecoded(String text, Charset charset) {
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer decoded = ByteBuffer.allocate(raw.length);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] != '%') {
        decoded.put(raw[i]);
        continue;
      }
      boolean whole = i + 2 < raw.length;
      int high = whole ? Character.digit(raw[i + 1], 16) : -1;
      int low = whole ? Character.digit(raw[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        return Optional.empty();
      }
      decoded.put((byte) (high << 4 | low));
      i += 2;
    }
    return strictly(decoded.flip(), charset);
  }

  /** Header bytes arrive as ISO 8859-1; if they are valid UTF-8, UTF-8 was meant. */
  private static String utf8(String text) {
    if (text.chars().anyMatch(c -> c > 0xFF)) {
      return text;
    }
    ByteBuffer raw = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    return strictly(raw, StandardCharsets.UTF_8).orElse(text);
  }

  private static Optional<String> strictly(ByteBuffer bytes, Charset charset) {
    try {
      return Optional.of(charset.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
