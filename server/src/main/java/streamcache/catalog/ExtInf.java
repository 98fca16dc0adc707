package streamcache.catalog;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line {@code #EXTINF:-1 tvg-id="a" group-title="b",Name}. Values are in double, single or no
 * quotes; the name begins after the first comma outside of quotes. Pure.
 *
 * @param seconds the playing time; -1, 0 or absent for a channel, and for many films
 * @param attributes with lower-case names, in the order of the line
 * @param name may be empty
 */
record ExtInf(double seconds, Map<String, String> attributes, String name) {

  static final String START = "#EXTINF:";

  private static final Pattern SECONDS = Pattern.compile("\\s*(-?[0-9]+(?:[.][0-9]+)?)?");
  private static final Pattern NEXT = Pattern.compile("[\\s;]*([^\\s=,\"';]+)\\s*=");
  private static final Pattern BARE_END = Pattern.compile(",|\\s+[\\w-]+=|$");

  static ExtInf parse(String line) {
    return new Parser(line).parse();
  }

  private static final class Parser {
    private final String line;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private int at = START.length();

    Parser(String line) {
      this.line = line;
    }

    ExtInf parse() {
      double seconds = seconds();
      Matcher next = NEXT.matcher(line);
      while (next.region(at, line.length()).lookingAt()) {
        at = next.end();
        attributes.putIfAbsent(next.group(1).toLowerCase(Locale.ROOT), value());
      }
      int comma = line.indexOf(',', at);
      return new ExtInf(seconds, attributes, comma < 0 ? "" : line.substring(comma + 1).strip());
    }

    private double seconds() {
      Matcher seconds = SECONDS.matcher(line).region(at, line.length());
      boolean isThere = seconds.lookingAt();
      at = seconds.end();
      return isThere && seconds.group(1) != null ? Double.parseDouble(seconds.group(1)) : -1;
    }

    private String value() {
      char first = at < line.length() ? line.charAt(at) : ' ';
      int end = first == '"' || first == '\'' ? closing(first) : -1;
      if (end < 0) {
        return bare();
      }
      String value = line.substring(at + 1, end);
      at = end + 1;
      return value.strip();
    }

    /** A quote inside a value is followed by a letter; the closing one is not. */
    private int closing(char quote) {
      for (int end = line.indexOf(quote, at + 1); end >= 0; end = line.indexOf(quote, end + 1)) {
        boolean isLast = end + 1 == line.length();
        if (isLast
            || ", \t;".indexOf(line.charAt(end + 1)) >= 0
            || NEXT.matcher(line).region(end + 1, line.length()).lookingAt()) {
          return end;
        }
      }
      return -1;
    }

    private String bare() {
      Matcher end = BARE_END.matcher(line).region(at, line.length());
      int stop = end.find() ? end.start() : line.length();
      String value = line.substring(at, stop).strip();
      at = stop;
      return value.replaceFirst("^[\"']", "");
    }
  }
}
