package streamcache.admin;

import java.util.Map;
import streamcache.http.Clients;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Headers;
import streamcache.playback.Request;

/**
 * The operator's page: its files, which anybody may read, and the session of a browser. All that
 * the page shows comes from the API and from {@link SnapshotFeed}, which need the session.
 */
final class AdminPage {

  /** Where the page lies; links in it are relative, so it works below the path of a proxy. */
  static final String PATH = "/admin";

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " media-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

  private final Gatekeeper gatekeeper;
  private final Clients clients;
  private final Sessions sessions;
  private final SnapshotFeed feed;
  private final PasswordRoute password;
  private final Map<String, PageFile> files = PageFile.all();

  AdminPage(
      Gatekeeper gatekeeper,
      Clients clients,
      Sessions sessions,
      SnapshotFeed feed,
      PasswordRoute password) {
    this.password = password;
    this.gatekeeper = gatekeeper;
    this.clients = clients;
    this.sessions = sessions;
    this.feed = feed;
  }

  void handle(Exchange exchange, String path) throws ClientGone, ApiException {
    String name = path.substring(Math.min(path.length(), PATH.length() + 1));
    switch (name) {
      case "session" -> session(exchange);
      case "password" -> password(exchange);
      case "live" -> {
        expect(exchange, "GET");
        Login _ = admit(exchange.request());
        feed.send(exchange, () -> isAdmitted(exchange.request()));
      }
      default -> {
        expect(exchange, "GET", "HEAD");
        if (path.equals(PATH)) {
          // A page without its slash would look for its files beside its folder.
          empty(exchange, 308, new Headers().add("Location", "admin/"));
        } else {
          file(exchange, name);
        }
      }
    }
  }

  private void session(Exchange exchange) throws ClientGone, ApiException {
    expect(exchange, "POST", "DELETE");
    Request request = exchange.request();
    if (request.method().equals("DELETE")) {
      SessionCookie.of(request).ifPresent(sessions::end);
      cookie(exchange, SessionCookie.end());
      return;
    }
    boolean isTyped = !request.body().isEmpty();
    begin(exchange, isTyped ? password.logIn(request) : admit(request));
  }

  private void password(Exchange exchange) throws ClientGone, ApiException {
    expect(exchange, "GET", "HEAD", "POST");
    if (exchange.request().method().equals("POST")) {
      begin(exchange, password.set(exchange.request()));
    } else {
      password.tell(exchange);
    }
  }

  private void begin(Exchange exchange, Login login) throws ClientGone {
    cookie(exchange, SessionCookie.begin(sessions.begin(login)));
  }

  private static void cookie(Exchange exchange, String cookie) throws ClientGone {
    Headers headers = new Headers().add("Cache-Control", "no-store").add("Set-Cookie", cookie);
    empty(exchange, 204, headers);
  }

  private boolean isAdmitted(Request request) {
    try {
      Login _ = admit(request);
      return true;
    } catch (ApiException ended) {
      return false;
    }
  }

  private Login admit(Request request) throws ApiException {
    return gatekeeper.login(request, clients.line(request));
  }

  private void file(Exchange exchange, String name) throws ClientGone, ApiException {
    PageFile file = files.get(name);
    if (file == null) {
      throw ApiException.notFound("The page has no such file.");
    }
    Headers headers =
        new Headers()
            .add("Content-Security-Policy", POLICY)
            .add("X-Content-Type-Options", "nosniff")
            .add("Referrer-Policy", "no-referrer")
            .add("Cache-Control", "no-cache")
            .add("ETag", file.tag());
    if (exchange.request().headers().joined("If-None-Match").orElse("").contains(file.tag())) {
      empty(exchange, 304, headers);
      return;
    }
    headers.add("Content-Type", file.type()).add("Content-Length", Integer.toString(file.length()));
    exchange.head(200, headers);
    if (exchange.request().method().equals("GET")) {
      exchange.body(file.content());
    }
    exchange.end();
  }

  private static void empty(Exchange exchange, int status, Headers headers) throws ClientGone {
    if (status == 308) {
      headers.add("Content-Length", "0");
    }
    exchange.head(status, headers);
    exchange.end();
  }

  private static void expect(Exchange exchange, String... methods) throws ApiException {
    for (String method : methods) {
      if (method.equals(exchange.request().method())) {
        return;
      }
    }
    throw ApiException.wrongMethod(String.join(", ", methods));
  }
}
