package streamcache.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The request headers that the lines before a URL ask for: {@code #EXTVLCOPT}, {@code #KODIPROP},
 * {@code #EXTHTTP} and attributes. They become the Kodi suffix of the URL, so that the provider
 * receives them; a header in the URL's own suffix is more explicit and takes precedence. One entry
 * of a playlist; one thread.
 */
final class HeaderLines {

  /** The headers that a link may set, by the names that playlists use for them. */
  private static final Map<String, String> HEADERS =
      Map.ofEntries(
          Map.entry("user-agent", "User-Agent"),
          Map.entry("http-user-agent", "User-Agent"),
          Map.entry("referer", "Referer"),
          Map.entry("referrer", "Referer"),
          Map.entry("http-referrer", "Referer"),
          Map.entry("http-referer", "Referer"),
          Map.entry("origin", "Origin"),
          Map.entry("http-origin", "Origin"),
          Map.entry("cookie", "Cookie"),
          Map.entry("http-cookie", "Cookie"),
          Map.entry("authorization", "Authorization"));

  private static final Pattern KODI =
      Pattern.compile("(?i)inputstream[.]adaptive[.](?:stream|common|manifest)_headers=(.*)");

  private static final Pattern JSON_PAIR =
      Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*+)\"");

  private static final Pattern SUFFIX = Pattern.compile("\\|\\s*!?[A-Za-z0-9_-]+=");

  private final Map<String, String> headers = new LinkedHashMap<>();

  /** Reads a line that begins with {@code #}; other lines are ignored. */
  void read(String line) {
    String upper = line.substring(0, Math.min(11, line.length())).toUpperCase(Locale.ROOT);
    if (upper.equals("#EXTVLCOPT:")) {
      pair(line.substring(11));
    } else if (upper.startsWith("#KODIPROP:")) {
      Matcher kodi = KODI.matcher(line.substring(10).strip());
      if (kodi.matches()) {
        pairs(kodi.group(1));
      }
    } else if (upper.startsWith("#EXTHTTP:")) {
      JSON_PAIR
          .matcher(line)
          .results()
          .forEach(pair -> put(unescaped(pair.group(1)), unescaped(pair.group(2))));
    }
  }

  void read(Map<String, String> attributes) {
    attributes.forEach(this::put);
  }

  MediaTarget appendedTo(String url) {
    StringBuilder text = new StringBuilder(url);
    boolean hasSuffix = SUFFIX.matcher(url).find();
    String separator = hasSuffix ? "&" : "|";
    for (Map.Entry<String, String> header : headers.entrySet()) {
      if (!hasSuffix || !names(url, header.getKey())) {
        String value = URLEncoder.encode(header.getValue(), UTF_8).replace("+", "%20");
        text.append(separator).append(header.getKey()).append('=').append(value);
        separator = "&";
      }
    }
    return new MediaTarget(text.toString());
  }

  private static boolean names(String url, String header) {
    String suffix = url.substring(url.lastIndexOf('|')).toLowerCase(Locale.ROOT).replace("!", "");
    String name = header.toLowerCase(Locale.ROOT) + "=";
    return suffix.contains("|" + name) || suffix.contains("&" + name);
  }

  private void pairs(String text) {
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        put(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
      }
    }
  }

  private void pair(String text) {
    int equals = text.indexOf('=');
    if (equals > 0) {
      put(text.substring(0, equals), text.substring(equals + 1));
    }
  }

  private void put(String written, String value) {
    String name = HEADERS.get(written.strip().toLowerCase(Locale.ROOT).replace("!", ""));
    if (name != null && !value.isBlank()) {
      headers.put(name, value.strip());
    }
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return value;
    }
  }

  private static String unescaped(String json) {
    return json.replaceAll("\\\\(.)", "$1");
  }
}
