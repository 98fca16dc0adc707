package streamcache.link;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/** Percent escapes of URLs, lenient in decoding and sparing in encoding. Pure; any thread. */
final class Percent {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private Percent() {}

  /**
   * Escapes white space and non-ASCII characters, and nothing else: the rest must reach the
   * provider as the provider wrote it.
   */
  static String encodeForeign(String text) {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      if (octet > ' ') {
        encoded.append((char) octet);
      } else {
        encoded.append('%').append(HEX.toHexDigits(octet));
      }
    }
    return encoded.toString();
  }

  /** Escapes all that RFC 3986 reserves, for an element of a path or a value. */
  static String encodeAll(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Decodes escapes as UTF-8; a percent sign without two hex digits stands for itself. */
  static String decode(String text) {
    return text.indexOf('%') < 0 ? text : new String(octets(text), StandardCharsets.UTF_8);
  }

  /** As {@link #decode}, for escapes that need not be UTF-8. */
  static byte[] octets(String text) {
    return octets(text, StandardCharsets.UTF_8);
  }

  /**
   * @param raw the charset of characters that are not escaped: ISO 8859-1 for text as received
   */
  static byte[] octets(String text, Charset raw) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream(text.length());
    int at = 0;
    while (at < text.length()) {
      if (isEscape(text, at)) {
        octets.write(HexFormat.fromHexDigits(text, at + 1, at + 3));
        at += 3;
        continue;
      }
      int next = text.offsetByCodePoints(at, 1);
      octets.writeBytes(text.substring(at, next).getBytes(raw));
      at = next;
    }
    return octets.toByteArray();
  }

  /** As {@link #decode}, with a plus sign as a space: for values of queries and Kodi suffixes. */
  static String decodeValue(String text) {
    return decode(text.replace('+', ' '));
  }

  /** The same text with the hex digits of all escapes in upper case. */
  static String upperCaseEscapes(String text) {
    StringBuilder upper = new StringBuilder(text);
    for (int at = 0; at < text.length(); at++) {
      if (isEscape(text, at)) {
        upper.replace(at + 1, at + 3, text.substring(at + 1, at + 3).toUpperCase(Locale.ROOT));
      }
    }
    return upper.toString();
  }

  static boolean isEscape(String text, int at) {
    return text.charAt(at) == '%'
        && at + 2 < text.length()
        && HexFormat.isHexDigit(text.charAt(at + 1))
        && HexFormat.isHexDigit(text.charAt(at + 2));
  }
}
