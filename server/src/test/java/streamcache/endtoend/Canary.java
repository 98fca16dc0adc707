package streamcache.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A unique password that is seeded in one place and searched for everywhere: in plain text, with
 * nested percent escapes, in hex, and in base64 at any alignment.
 */
final class Canary {

  /** Common to all canaries; too long to occur in a film by chance, in base64 as well. */
  private static final String STEM = "zq7canaryx";

  private static final int MOST_ESCAPES = 3;

  private Canary() {}

  /** The canary for one place, so that a match shows where it came from. */
  static String of(String place) {
    return STEM + place;
  }

  /** The same canary with every letter percent-escaped. */
  static String escaped(String place) {
    StringBuilder text = new StringBuilder();
    for (byte letter : of(place).getBytes(US_ASCII)) {
      text.append('%').append(HexFormat.of().toHexDigits(letter));
    }
    return text.toString();
  }

  static String base64(String place) {
    return Base64.getEncoder().encodeToString(of(place).getBytes(US_ASCII));
  }

  /** The text around the first match, in any form; empty if there is none. */
  static Optional<String> findIn(byte[] bytes) {
    String text = new String(bytes, ISO_8859_1);
    for (int escapes = 0; escapes <= MOST_ESCAPES; escapes++) {
      for (String form : forms()) {
        int at = text.indexOf(form);
        if (at >= 0) {
          return Optional.of(
              text.substring(Math.max(0, at - 60), Math.min(text.length(), at + 60)));
        }
      }
      text = unescaped(text);
    }
    return Optional.empty();
  }

  static Optional<String> findIn(String text) {
    return findIn(text.getBytes(UTF_8));
  }

  private static List<String> forms() {
    List<String> forms = new ArrayList<>();
    for (String word : List.of(STEM, STEM.toUpperCase(Locale.ROOT))) {
      byte[] letters = word.getBytes(US_ASCII);
      forms.add(word);
      forms.add(HexFormat.of().formatHex(letters));
      forms.add(HexFormat.of().withUpperCase().formatHex(letters));
      IntStream.range(0, 3).mapToObj(shift -> base64At(letters, shift)).forEach(forms::add);
    }
    return forms;
  }

  /** The base64 characters that do not depend on the bytes before and after. */
  private static String base64At(byte[] letters, int shift) {
    byte[] shifted = new byte[shift + letters.length];
    System.arraycopy(letters, 0, shifted, shift, letters.length);
    String whole = Base64.getEncoder().withoutPadding().encodeToString(shifted);
    int from = shift == 0 ? 0 : shift + 1;
    return whole.substring(from, shifted.length * 8 / 6);
  }

  static String unescaped(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int at = 0; at < text.length(); at++) {
      boolean escape =
          text.charAt(at) == '%'
              && at + 2 < text.length()
              && HexFormat.isHexDigit(text.charAt(at + 1))
              && HexFormat.isHexDigit(text.charAt(at + 2));
      plain.append(escape ? (char) HexFormat.fromHexDigits(text, at + 1, at + 3) : text.charAt(at));
      at += escape ? 2 : 0;
    }
    return plain.toString();
  }
}
