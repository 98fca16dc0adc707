package streamcache.link;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A film of an Xtream panel, recognized by its link. Episodes are left out, since their links do
 * not name the series. Pure.
 *
 * @param id of the film on the panel; digits
 * @param question the request that returns all the panel knows about the film, on the same account;
 *     holds the account's password, as the link of the film does
 */
public record XtreamFilm(String id, Link question) {

  private static final Pattern TARGET =
      Pattern.compile("/movie/([^/?]+)/([^/?]+)/([0-9]{1,18})(?:\\.\\w+)?(?:\\?.*)?");

  /** Empty if the link is not a film of a panel. */
  public static Optional<XtreamFilm> of(Link film) {
    HttpUrl url = film.source();
    Matcher parts = TARGET.matcher(url.target());
    return film.isXtream() && parts.matches()
        ? Optional.of(new XtreamFilm(parts.group(3), question(film, url, parts)))
        : Optional.empty();
  }

  private static Link question(Link film, HttpUrl url, Matcher parts) {
    String target =
        "/player_api.php?username="
            + value(parts.group(1))
            + "&password="
            + value(parts.group(2))
            + "&action=get_vod_info&vod_id="
            + parts.group(3);
    HttpUrl asked = new HttpUrl(url.tls(), url.userinfo(), url.host(), url.port(), target);
    return new Link(
        asked.withoutUserinfo(), asked, film.key(), film.account(), film.headers(), film.name());
  }

  /** Encodes an element of a path for use in a query. */
  private static String value(String element) {
    return Percent.encodeAll(Percent.decode(element));
  }

  /** Omits the question, which holds the password. */
  @Override
  public String toString() {
    return "XtreamFilm[" + id + "]";
  }
}
