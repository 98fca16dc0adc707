package streamcache.link;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The request headers that Kodi appends to a URL: {@code url|User-Agent=..&Referer=..}. Only names
 * on the allow-list count, since a link comes from outside and must not set arbitrary headers.
 * Pure.
 *
 * @param url the text before the suffix; all of it if there is none
 * @param headers lower-case names, values in printable ASCII
 * @param isUnverified whether it asks not to verify the certificate ({@code verifypeer=false})
 */
record KodiSuffix(String url, Map<String, String> headers, boolean isUnverified) {

  static final String VERIFY = "verifypeer";

  private static final Set<String> ALLOWED =
      Set.of("user-agent", "referer", "origin", "cookie", "authorization");

  /** A pipe may be part of a title; only one before {@code name=} or at the end begins a suffix. */
  private static final Pattern START = Pattern.compile("\\|(?=\\s*!?[A-Za-z0-9_-]+=)|\\|\\s*$");

  static KodiSuffix split(String text) {
    Matcher start = START.matcher(text);
    if (!start.find()) {
      return new KodiSuffix(text, Map.of(), /* isUnverified= */ false);
    }
    return of(text.substring(0, start.start()), text.substring(start.end()));
  }

  private static KodiSuffix of(String url, String suffix) {
    Map<String, String> headers = new HashMap<>();
    boolean isUnverified = false;
    for (String option : suffix.split("&", -1)) {
      int equals = option.indexOf('=');
      if (equals < 0) {
        continue;
      }
      // Kodi marks a custom header with an exclamation mark, which is not part of its name.
      String name = option.substring(0, equals).strip().toLowerCase(Locale.ROOT).replace("!", "");
      String value = Percent.decodeValue(option.substring(equals + 1));
      if (mayBeSent(name, value)) {
        headers.put(name, value.strip());
      }
      isUnverified |= name.equals(VERIFY) && value.strip().equalsIgnoreCase("false");
    }
    return new KodiSuffix(url, headers, isUnverified);
  }

  /** Whether a link may set this header; {@code name} is in lower case. */
  static boolean mayBeSent(String name, String value) {
    return ALLOWED.contains(name) && isSendable(value);
  }

  /** Any other value could end the header line, or would reach the provider garbled. */
  private static boolean isSendable(String value) {
    return !value.isBlank() && value.chars().allMatch(letter -> letter >= ' ' && letter <= '~');
  }

  /** Omits URL and header values, which hold secrets. */
  @Override
  public String toString() {
    return "KodiSuffix" + headers.keySet();
  }
}
