package streamcache.link;

import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a link was made from: a URL with its userinfo, and the headers appended to it. All forms of
 * a link reduce to this, so that they identify the same title. Pure.
 *
 * @param headers on the allow-list, with lower-case names
 */
record Original(HttpUrl url, Map<String, String> headers) {

  Original {
    headers = Map.copyOf(headers);
  }

  /**
   * @param text a URL, optionally with a Kodi suffix
   */
  static Original parse(String text) throws BadLink {
    KodiSuffix suffix = KodiSuffix.split(text);
    return new Original(HttpUrl.parse(suffix.url()), suffix.headers());
  }

  /** What {@code link} was made from. */
  static Original of(Link link) {
    try {
      HttpUrl url = HttpUrl.parse(link.source().reveal());
      Map<String, String> headers = new HashMap<>(link.headers());
      headers.remove("authorization", basic(url).orElse(""));
      return new Original(url, headers);
    } catch (BadLink impossible) {
      throw new IllegalStateException("the URL of a link was taken before", impossible);
    }
  }

  /**
   * @param cosmeticName last path element of the link, percent-encoded as received; may be empty
   */
  Link link(String cosmeticName, KeyRules rules) {
    return new Link(
        url.safe(),
        url.source(),
        TitleKey.of(url.canonical(rules.dropped(url.host(), url.effectivePort()))),
        AccountId.of(url),
        sentHeaders(),
        DisplayName.of(cosmeticName, this));
  }

  Secrets secrets() {
    return Secrets.of(url, headers);
  }

  /** A header in the suffix is more explicit than the userinfo and takes precedence. */
  private Map<String, String> sentHeaders() {
    Map<String, String> sent = new HashMap<>();
    basic(url).ifPresent(value -> sent.put("authorization", value));
    sent.putAll(headers);
    return sent;
  }

  private static Optional<String> basic(HttpUrl url) {
    return url.userinfo()
        .map(user -> Percent.octets(user.contains(":") ? user : user + ":"))
        .map(octets -> "Basic " + Base64.getEncoder().encodeToString(octets));
  }

  /** Omits the headers, which hold secrets. */
  @Override
  public String toString() {
    return "Original[" + url + "]";
  }
}
