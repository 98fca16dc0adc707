package streamcache.link;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A URL as shown to its owner, with a tilde for each possible secret. Pure; for {@code streamcache
 * link --open} only. Everywhere else an {@link HttpUrl} shows only its host.
 */
public final class Redaction {

  private static final String HIDDEN = "~";

  private Redaction() {}

  /** The URL that a link was made from, without its secrets. */
  public static String of(Link link) {
    Original original = Original.of(link);
    HttpUrl url = original.url();
    Secrets secrets = original.secrets();
    String user = url.userinfo().isPresent() ? HIDDEN + "@" : "";
    String path =
        Arrays.stream(url.path().split("/", -1))
            .map(element -> shown(element, url, secrets))
            .collect(Collectors.joining("/"));
    return url.scheme() + "://" + user + url.shownHost() + path + query(url.query());
  }

  private static String shown(String element, HttpUrl url, Secrets secrets) {
    List<String> credentials = Xtream.credentials(url.path());
    return credentials.contains(element) || !secrets.mayShow(element) ? HIDDEN : element;
  }

  /** Keeps only the names of parameters: any value may be a secret. */
  private static String query(String query) {
    if (query.isEmpty()) {
      return "";
    }
    return Arrays.stream(query.split("&", -1))
        .map(parameter ->
            Optional.of(parameter.indexOf('='))
                    .filter(at -> at > 0)
                    .map(at -> parameter.substring(0, at + 1))
                    .orElse("")
                + HIDDEN)
        .collect(Collectors.joining("&", "?", ""));
  }
}
