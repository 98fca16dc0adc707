package streamcache.http;

import java.util.Map;
import java.util.function.Predicate;
import streamcache.link.LinkForm;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Handler;
import streamcache.playback.Request;
import streamcache.playback.Unreadable;

/**
 * Chooses the handler by path: {@code play} for links, the given handlers for exact paths, {@code
 * admin} for the API and the operator's page, a welcome page for {@code /}, and a 404 with a hint
 * for the rest.
 */
public final class Router implements Handler {

  private static final TextAnswer LOST =
      TextAnswer.sentence(404, "Not found. Make links with `streamcache link URL`.");

  /** The end of the welcome where this port serves the page of the operator, and where not. */
  private static final String WITH_PAGE =
      ", and\n<a href=\"admin/\">its page</a> shows the owner what it does.</p>\n</html>\n";

  private static final String WITHOUT_PAGE = ".</p>\n</html>\n";

  private static final String WELCOME =
      """
      <!DOCTYPE html>
      <html lang="en">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Streamcache</title>
      <style>body{font:16px/1.5 sans-serif;max-width:40em;margin:3em auto;padding:0 1em}</style>
      <h1>Streamcache</h1>
      <p>This is a cache between media players and the providers behind <code>.strm</code>
      files. A film is downloaded once, while it is watched, for all of its viewers.</p>
      <p>Make links with <code>streamcache link URL</code>. On the local network, a link can
      also be this address followed by <code>/u/</code> and the base64 of the film's URL:</p>
      <pre>echo -n 'https://example.org/film.mkv' | base64 -w0 | tr '+/' '-_'</pre>
      <p>Append <code>/film.mkv</code> to give players a name.
      <a href="healthz">/healthz</a> says whether the server is healthy\
      """;

  private final Handler play;
  private final Map<String, Handler> exact;
  private final Predicate<String> isAdmin;
  private final Handler admin;
  private final TextAnswer welcome;

  /**
   * @param play answers every kind of link: plain, signed and sealed
   * @param exact by path without query, such as {@code /healthz}
   * @param isAdmin whether a target belongs to the operator
   * @param admin answers those, with any method
   */
  public Router(
      Handler play, Map<String, Handler> exact, Predicate<String> isAdmin, Handler admin) {
    this.play = play;
    this.exact = Map.copyOf(exact);
    this.isAdmin = isAdmin;
    this.admin = admin;
    String end = isAdmin.test("/admin/") ? WITH_PAGE : WITHOUT_PAGE;
    this.welcome = new TextAnswer(200, "text/html; charset=utf-8", WELCOME + end);
  }

  @Override
  public Handler judge(Request request) {
    String target = request.target();
    if (LinkForm.of(target).isPresent()) {
      return play.judge(request);
    }
    if (isAdmin.test(target)) {
      return admin.judge(request);
    }
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    Handler handler = exact.get(path);
    if (handler != null) {
      return handler.judge(request);
    }
    return (path.equals("/") ? welcome : LOST)::send;
  }

  @Override
  public boolean takesBody(String target) {
    return isAdmin.test(target);
  }

  @Override
  public void handle(Exchange exchange) throws ClientGone, Unreadable {
    judge(exchange.request()).handle(exchange);
  }
}
