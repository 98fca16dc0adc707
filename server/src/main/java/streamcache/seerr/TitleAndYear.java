package streamcache.seerr;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A title and its year, separated from the rest of a name: language marks before it, release words
 * after it. A year counts if it is in brackets, or if release words follow it: {@code Death Race
 * 2000} is a title. Pure.
 */
record TitleAndYear(String title, OptionalInt year) {

  private static final Pattern BRACKETED_YEAR =
      Pattern.compile("[(\\[{]\\s*((?:19|20)[0-9]{2})\\s*[)\\]}]");

  private static final Pattern BARE_YEAR = Pattern.compile("(?:19|20)[0-9]{2}");
  private static final Pattern DATE =
      Pattern.compile("(?<![0-9])(?:19|20)[0-9]{2}[-._ ][01][0-9][-._ ][0-3][0-9](?![0-9])");
  private static final Pattern BRACKETS = Pattern.compile("\\[[^\\]]*]|\\{[^}]*}|\\|[^|]*\\|");

  /** As IPTV providers prefix titles. Omits IT, NO and US, which are titles of films. */
  private static final Pattern LANGUAGE_FIRST =
      Pattern.compile(
          "(?:4K|UHD|FHD|HD|VOD|EN|DE|FR|ES|PT|BR|NL|PL|TR|AR|RU|SE|DK|GR|RO|HU|CZ|UK|MULTI)"
              + "(?:[-/](?:4K|UHD|FHD|HD|EN|DE|FR|ES|PT|NL|MULTI))?\\s+[-:|]\\s+(?=\\S)");

  private static final Pattern EDGES = Pattern.compile("^[\\s\\-–_.,:|]+|[\\s\\-–_.,:|(\\[{]+$");

  /** Words like these are never part of a title. */
  private static final Pattern RELEASE =
      Pattern.compile(
          "(?i)(?:(?:480|576|720|1080|1440|2160|4320)[pi]|[248]k|u?hd|hdr(?:10)?\\+?|dv|10bit|8bit"
              + "|blu-?ray|b[dr]rip|bdremux|web-?(?:dl|rip)|web|hdtv|hdrip|dvd(?:rip|scr|[59])?"
              + "|remux|[xh]\\.?26[45]|hevc|avc|av1|xvid|divx|aac.*|e?ac-?3|ddp?[0-9.]*|dts.*"
              + "|truehd|atmos|flac|imax|cam|telesync|hdcam)(?:-\\w+)?");

  /** These words may also be part of a title, so they prove nothing alone. */
  private static final Pattern MAYBE_RELEASE =
      Pattern.compile(
          "(?i)proper|repack|extended|unrated|uncut|multi|german|french|english|spanish|italian"
              + "|nordic|vostfr|vff|dubbed|subbed|dual|dl|internal|limited|remastered|theatrical"
              + "|directors|cut|edition|complete");

  static TitleAndYear read(String written) {
    String text = LANGUAGE_FIRST.matcher(unbracketed(spaced(written))).replaceFirst("");
    List<MatchResult> bracketed = BRACKETED_YEAR.matcher(text).results().toList();
    for (MatchResult year : bracketed.reversed()) {
      String before = clean(text.substring(0, year.start()));
      if (!before.isEmpty()) {
        return new TitleAndYear(before, number(year.group(1)));
      }
    }
    List<String> words = words(text);
    return DATE.matcher(text).find()
        ? new TitleAndYear(join(words, words.size()), OptionalInt.empty())
        : bare(words);
  }

  private static TitleAndYear bare(List<String> words) {
    for (int at = words.size() - 2; at > 0; at--) {
      if (BARE_YEAR.matcher(words.get(at)).matches() && isRelease(words, at + 1)) {
        return new TitleAndYear(join(words, at), number(words.get(at)));
      }
    }
    int end = 1;
    while (end < words.size() && !RELEASE.matcher(words.get(end)).matches()) {
      end++;
    }
    return new TitleAndYear(join(words, Math.min(end, words.size())), OptionalInt.empty());
  }

  /** Whether release words begin there; ambiguous ones count only before an unambiguous one. */
  private static boolean isRelease(List<String> words, int from) {
    int at = from;
    while (at < words.size() && MAYBE_RELEASE.matcher(words.get(at)).matches()) {
      at++;
    }
    return at < words.size() && RELEASE.matcher(words.get(at)).matches();
  }

  /** Removes bracketed release groups and marks, but keeps years. */
  private static String unbracketed(String text) {
    return BRACKETS
        .matcher(text)
        .replaceAll(found ->
            BRACKETED_YEAR.matcher(found.group()).matches() ? found.group().replace("$", "") : " ");
  }

  private static List<String> words(String text) {
    return Arrays.stream(clean(text).split("[\\s()]+", -1))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private static String join(List<String> words, int count) {
    return clean(String.join(" ", words.subList(0, count)));
  }

  private static String clean(String text) {
    String blanks = text.replaceAll("\\s+", " ");
    return EDGES.matcher(EDGES.matcher(blanks).replaceAll("")).replaceAll("");
  }

  /** Without blanks, dots separate the words; underscores always do. */
  private static String spaced(String text) {
    String spaced = text.replace('_', ' ').strip();
    return spaced.indexOf(' ') < 0 ? spaced.replace('.', ' ') : spaced;
  }

  private static OptionalInt number(String digits) {
    return OptionalInt.of(Integer.parseInt(digits));
  }
}
