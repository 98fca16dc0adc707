package streamcache.origin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Percent escapes of targets; header text carries one raw byte per character (Latin-1). Pure. */
final class TargetEscapes {

  private TargetEscapes() {}

  static String of(char c) {
    if (c <= 0xff) {
      return String.format("%%%02X", (int) c);
    }
    StringBuilder escapes = new StringBuilder();
    for (byte b : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
      escapes.append(String.format("%%%02X", b & 0xff));
    }
    return escapes.toString();
  }

  static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
