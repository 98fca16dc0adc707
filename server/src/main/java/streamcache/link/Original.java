package streamcache.link;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a link was made from: a URL with its userinfo, and the headers appended to it. All forms of
 * a link reduce to this, so that they identify the same title. Pure.
 *
 * @param headers on the allow-list, with lower-case names
 * @param isLive whether the link says that the title has no end
 * @param isUnverified whether the link asks not to verify the provider's certificate
 */
record Original(HttpUrl url, Map<String, String> headers, boolean isLive, boolean isUnverified) {

  Original {
    headers = Map.copyOf(headers);
  }

  /**
   * @param text a URL, optionally with a Kodi suffix, and optionally after the line of a playlist
   */
  static Original parse(String text) throws BadLink {
    PlaylistEntry entry = PlaylistEntry.split(text);
    KodiSuffix suffix = KodiSuffix.split(entry.url());
    return new Original(
        HttpUrl.parse(suffix.url()), suffix.headers(), entry.isLive(), suffix.isUnverified());
  }

  /** What {@code link} was made from. */
  static Original of(Link link) {
    Map<String, String> headers = new HashMap<>(link.headers());
    headers.remove("authorization", link.source().basic().orElse(""));
    return new Original(link.source(), headers, link.isSaidLive(), link.isUnverified());
  }

  /**
   * @param cosmeticName last path element of the link, percent-encoded as received; may be empty
   */
  Link link(String cosmeticName, KeyRules rules) {
    return new Link(
        url.withoutUserinfo(),
        url,
        TitleKey.of(url.canonical(rules.dropped(url.host(), url.effectivePort()))),
        AccountId.of(url),
        sentHeaders(),
        DisplayName.of(cosmeticName, this),
        isLive,
        isUnverified);
  }

  /** A text from which {@link #parse} makes an equal original; holds secrets. */
  String text() {
    Map<String, String> options = new TreeMap<>(headers);
    if (isUnverified) {
      options.put(KodiSuffix.VERIFY, "false");
    }
    String suffix =
        options.entrySet().stream()
            .map(option -> option.getKey() + "=" + Percent.encodeAll(option.getValue()))
            .collect(Collectors.joining("&"));
    return (isLive ? PlaylistEntry.ENDLESS : "")
        + url.reveal()
        + (suffix.isEmpty() ? "" : "|" + suffix);
  }

  Secrets secrets() {
    return Secrets.of(url, headers);
  }

  /** A header in the suffix is more explicit than the userinfo and takes precedence. */
  private Map<String, String> sentHeaders() {
    Map<String, String> sent = new HashMap<>();
    url.basic().ifPresent(value -> sent.put("authorization", value));
    sent.putAll(headers);
    return sent;
  }

  /** Omits the headers, which hold secrets. */
  @Override
  public String toString() {
    return "Original[" + url + "]";
  }
}
