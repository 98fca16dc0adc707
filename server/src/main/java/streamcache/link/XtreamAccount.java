package streamcache.link;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * An account at an Xtream panel, from which every URL of the panel follows. Holds the password.
 * Pure; any thread.
 */
public final class XtreamAccount {

  private static final String SCRIPTS = "/(?:player_api|get|panel_api|xmltv)\\.php$";

  private final HttpUrl panel;
  private final String folder;
  private final String user;
  private final String password;
  private final KeyRules rules;

  private XtreamAccount(
      HttpUrl panel, String folder, String user, String password, KeyRules rules) {
    this.panel = panel;
    this.folder = folder;
    this.user = user;
    this.password = password;
    this.rules = rules;
  }

  /**
   * @param panel the URL of the panel, or of one of its scripts; its query and its userinfo are
   *     ignored
   * @param user as the provider wrote it, not escaped
   * @param rules which parts of URLs do not distinguish titles
   * @throws BadLink if the URL cannot be used; quotes nothing of it
   */
  public static XtreamAccount of(HttpUrl panel, String user, String password, KeyRules rules)
      throws BadLink {
    if (user.isBlank() || password.isBlank()) {
      throw new BadLink("An account of a panel has a user and a password.");
    }
    String folder = panel.path().replaceFirst(SCRIPTS, "").replaceFirst("/+$", "");
    return new XtreamAccount(panel.withoutUserinfo(), folder, user, password, rules);
  }

  /** For messages: host and port of the panel. */
  public String shownHost() {
    return panel.shownHost();
  }

  /** A film of the account that need not exist: it stands for the account where one is needed. */
  public Link link() {
    return link(film("0", "mkv"));
  }

  /** The account by which the provider counts connections. */
  public AccountId id() {
    return link().account();
  }

  /** The request for what the panel knows; with no parameter, about the account itself. */
  public Link question(Map<String, String> parameters) {
    StringJoiner query = new StringJoiner("&", folder + "/player_api.php?", "");
    query.add("username=" + escaped(user)).add("password=" + escaped(password));
    new TreeMap<>(parameters).forEach((name, value) -> query.add(name + "=" + escaped(value)));
    return link(panel.at(query.toString()).reveal());
  }

  /** The URL of a film; holds the password. */
  public String film(String id, String extension) {
    return media("/movie/", id, extension);
  }

  /** The URL of an episode; holds the password. */
  public String episode(String id, String extension) {
    return media("/series/", id, extension);
  }

  /** The URL of a live channel; holds the password. */
  public String channel(String id) {
    return media("/live/", id, "ts");
  }

  private String media(String kind, String id, String extension) {
    String name = escaped(id) + "." + escaped(extension);
    return panel.at(folder + kind + escaped(user) + "/" + escaped(password) + "/" + name).reveal();
  }

  private Link link(String url) {
    try {
      return Original.parse(url).link("", rules);
    } catch (BadLink impossible) {
      throw new IllegalStateException("a URL that was parsed once", impossible);
    }
  }

  /** For a path as well as for a query. */
  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Omits user and password. */
  @Override
  public String toString() {
    return "XtreamAccount[" + panel.shownHost() + "]";
  }
}
