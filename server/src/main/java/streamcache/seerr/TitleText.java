package streamcache.seerr;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Compares titles as people would: ignores case, diacritics, blanks and punctuation. Pure. */
final class TitleText {

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");

  private TitleText() {}

  /** Whether both are the same title; a title without a letter or digit equals none. */
  static boolean same(String left, String right) {
    String plain = plain(left);
    return !plain.isEmpty() && plain.equals(plain(right));
  }

  private static String plain(String title) {
    String spelled = title.toLowerCase(Locale.ROOT).replace("ß", "ss").replace("&", " and ");
    String bare = MARKS.matcher(Normalizer.normalize(spelled, Normalizer.Form.NFKD)).replaceAll("");
    return BETWEEN.matcher(bare).replaceAll("");
  }
}
