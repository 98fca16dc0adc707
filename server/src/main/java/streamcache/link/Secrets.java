package streamcache.link;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The secret words of one link: users, passwords, tokens. Displayed names are checked against them,
 * since providers write such words into paths and file names. Pure; it holds the secrets itself, so
 * it is made when needed and not kept.
 */
public final class Secrets {

  /** Shorter words occur in too many titles. */
  private static final int LEAST_LETTERS = 4;

  /** How many times a text may have been percent-encoded. */
  private static final int MOST_ENCODINGS = 3;

  private static final Pattern PARAMETER = Pattern.compile("(?:^|[?&;/])([^=?&;/]+)=([^?&;/]+)");
  private static final Pattern CREDENTIAL = Pattern.compile("(?:Basic|Bearer)\\s+(\\S+)");

  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]+");

  private final Set<String> words;

  /** The base64 length of the shortest word; a shorter run of letters contains none. */
  private final int leastBase64;

  private Secrets(Set<String> words) {
    this.words = words;
    this.leastBase64 = words.stream().mapToInt(word -> word.length() * 4 / 3).min().orElse(0);
  }

  /**
   * @param headers that the link sets, besides the userinfo of the URL
   */
  static Secrets of(HttpUrl url, Map<String, String> headers) {
    Set<String> words = new LinkedHashSet<>();
    url.userinfo().ifPresent(info -> words.addAll(Arrays.asList(info.split(":", 2))));
    words.addAll(Xtream.credentials(url.path()));
    for (String element : url.path().split("/", -1)) {
      if (SecretLook.isToken(Percent.decode(element))) {
        words.add(element);
      }
    }
    addParameters(words, url.target());
    headers.forEach((name, value) -> addHeader(words, name, value));
    return new Secrets(
        words.stream()
            .map(Percent::decodeValue)
            .filter(word -> word.length() >= LEAST_LETTERS)
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** Adds the secret parameters of the query and of the path. */
  private static void addParameters(Set<String> words, String target) {
    if (target.indexOf('=') < 0) {
      return;
    }
    Matcher parameter = PARAMETER.matcher(target);
    while (parameter.find()) {
      String value = parameter.group(2);
      if (SecretLook.isSecretKey(parameter.group(1)) || SecretLook.isToken(Percent.decode(value))) {
        words.add(value);
      }
    }
  }

  private static void addHeader(Set<String> words, String name, String value) {
    if (name.equals("cookie")) {
      for (String cookie : value.split(";", -1)) {
        words.add(cookie.substring(cookie.indexOf('=') + 1).strip());
      }
    }
    if (name.equals("referer")) {
      addParameters(words, value);
    }
    if (name.equals("authorization")) {
      Matcher credential = CREDENTIAL.matcher(value);
      String token = credential.matches() ? credential.group(1) : value;
      words.add(token);
      words.addAll(Arrays.asList(decoded(token.getBytes(StandardCharsets.UTF_8)).split(":", 2)));
    }
  }

  /** Whether the text may be shown, logged or used as a file name. */
  public boolean mayShow(String text) {
    String plain = text;
    for (int round = 0; round <= MOST_ENCODINGS; round++) {
      if (SecretLook.isIn(plain) || holdsWord(plain)) {
        return false;
      }
      String decoded = Percent.decode(plain);
      if (decoded.equals(plain)) {
        return true;
      }
      plain = decoded;
    }
    return false;
  }

  /** The host with a tilde for each part that may not be shown. */
  public String shownHost(String host) {
    return Arrays.stream(host.split("\\.", -1))
        .map(part -> mayShow(part) ? part : "~")
        .collect(Collectors.joining("."));
  }

  private boolean holdsWord(String text) {
    if (words.isEmpty()) {
      return false;
    }
    return words.stream().anyMatch(text::contains)
        || (text.length() >= leastBase64 && holdsInBase64(text));
  }

  private boolean holdsInBase64(String text) {
    Matcher run = BASE64.matcher(text);
    while (run.find()) {
      if (run.end() - run.start() < leastBase64) {
        continue;
      }
      byte[] letters = run.group().getBytes(StandardCharsets.US_ASCII);
      for (int from = 0; from < 4; from++) {
        String inside = decoded(Arrays.copyOfRange(letters, from, letters.length));
        if (words.stream().anyMatch(inside::contains)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Decodes both alphabets, without a last letter that makes no byte; empty if not base64. */
  private static String decoded(byte[] base64) {
    int rest = base64.length % 4 == 1 ? 1 : 0;
    byte[] letters = Arrays.copyOf(base64, base64.length - rest);
    for (int at = 0; at < letters.length; at++) {
      letters[at] = (byte) (letters[at] == '+' ? '-' : letters[at] == '/' ? '_' : letters[at]);
    }
    try {
      return new String(Base64.getUrlDecoder().decode(letters), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      return "";
    }
  }

  /** Omits the words. */
  @Override
  public String toString() {
    return "Secrets[" + words.size() + "]";
  }
}
