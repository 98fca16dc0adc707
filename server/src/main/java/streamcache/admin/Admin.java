package streamcache.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import streamcache.http.Clients;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Handler;
import streamcache.playback.Request;
import streamcache.store.Store;
import tools.jackson.databind.JsonNode;

/**
 * The entry point of the package: answers every request below {@code /api/}, and those of the
 * operator's page. A client without a token learns nothing of the API, not even which paths exist.
 * Each request has a virtual thread of its own.
 */
public final class Admin implements Handler, AutoCloseable {

  private final Gatekeeper gatekeeper;
  private final Clients clients;
  private final List<ApiRoute> routes;
  private final AdminPage page;
  private final NodeChoice nodes;
  private final EventFeed events;
  private final List<Runnable> closers;

  private Admin(
      Gatekeeper gatekeeper,
      Clients clients,
      List<ApiRoute> routes,
      AdminPage page,
      NodeChoice nodes,
      EventFeed events,
      List<Runnable> closers) {
    this.gatekeeper = gatekeeper;
    this.clients = clients;
    this.routes = List.copyOf(routes);
    this.page = page;
    this.nodes = nodes;
    this.events = events;
    this.closers = List.copyOf(closers);
  }

  public static Admin of(AdminParts parts) {
    Sessions sessions = new Sessions(System::nanoTime);
    Passwords passwords = new Passwords(parts.settings().folder());
    Gatekeeper gatekeeper =
        new Gatekeeper(
            parts.token().map(AdminToken::text),
            new ApiKeys(parts.settings().folder(), parts.clock()),
            new AttemptLimit(System::nanoTime),
            sessions,
            passwords);
    ServerStatus status = new ServerStatus(parts);
    RunningPlays plays = new RunningPlays(parts.plays(), parts.clients());
    AccountList accounts = new AccountList(parts.fills());
    NowView now = new NowView(parts, status, plays, accounts);
    SnapshotFeed feed = new SnapshotFeed(now::snapshot);
    FirstVisit firstVisit =
        new FirstVisit(parts.settings().token().isPresent(), parts.clients(), parts.linkBase());
    PasswordRoute password =
        new PasswordRoute(gatekeeper, passwords, firstVisit, parts.clients(), sessions);
    AdminPage page = new AdminPage(gatekeeper, parts.clients(), sessions, feed, password);
    SettingsChange settings = new SettingsChange(parts.settings(), parts.inEffect(), parts.clock());
    List<ApiRoute> routes = new ArrayList<>(routes(parts, status, plays, accounts));
    routes.add(ApiRoute.get("/api/v1/now", now::show));
    routes.addAll(settings.routes());
    LibraryRoutes library = new LibraryRoutes(parts.library(), parts.clock());
    routes.addAll(library.routes());
    routes.add(ApiRoute.get(EventFeed.PATH, _ -> ApiAnswer.object()));
    return new Admin(
        gatekeeper,
        parts.clients(),
        routes,
        page,
        new NodeChoice(parts.cluster(), parts.others()),
        parts.events(),
        List.of(feed::close, parts.events()::close, settings::close, library::close));
  }

  private static List<ApiRoute> routes(
      AdminParts parts, ServerStatus status, RunningPlays plays, AccountList accounts) {
    Store store = parts.store();
    NamedLinks named = new NamedLinks(parts.links(), parts.clock());
    PrewarmQueue prewarms = new PrewarmQueue(parts.prewarms(), parts.fills());
    return List.of(
        ApiRoute.get("/api/v1/openapi.json", ApiDescription::show),
        ApiRoute.get("/api/v1/status", status::show),
        ApiRoute.get("/api/v1/cluster", new ClusterNodes(parts.cluster())::show),
        ApiRoute.get("/api/v1/titles", new TitleList(store.inventory())::show),
        ApiRoute.get("/api/v1/titles/{id}", new TitleDetail(store)::show),
        ApiRoute.post("/api/v1/titles/{id}/evict", new TitleEviction(store.inventory())::run),
        ApiRoute.post("/api/v1/titles/{id}/pin", new TitlePin(store.inventory(), true)::run),
        ApiRoute.post("/api/v1/titles/{id}/unpin", new TitlePin(store.inventory(), false)::run),
        ApiRoute.post("/api/v1/titles/{id}/keep", new TitleKeep(store.inventory(), true)::run),
        ApiRoute.post("/api/v1/titles/{id}/unkeep", new TitleKeep(store.inventory(), false)::run),
        ApiRoute.post("/api/v1/titles/{id}/forget", new TitleForgetting(store.inventory())::run),
        ApiRoute.post(
            "/api/v1/titles/{id}/revalidate", new TitleRevalidation(store, parts.fills())::run),
        ApiRoute.post("/api/v1/titles/{id}/complete", new TitleCompletion(parts)::run),
        ApiRoute.get("/api/v1/prewarm", prewarms::show),
        ApiRoute.post("/api/v1/prewarm", new PrewarmOrder(parts.prewarms(), named)::run),
        ApiRoute.post("/api/v1/prewarm/{id}/cancel", prewarms::cancel),
        ApiRoute.post(
            "/api/v1/links", new LinkMaking(parts.links(), parts.linkBase(), parts.clock())::run),
        ApiRoute.post(
            "/api/v1/links/test",
            new LinkTrial(named, parts.fills(), parts.probe(), parts.clock())::run),
        ApiRoute.get("/api/v1/plays", plays::show),
        ApiRoute.get("/api/v1/accounts", accounts::show),
        ApiRoute.get("/api/v1/timeline", new TimelineRoute(parts.timeline())::show),
        ApiRoute.get("/api/v1/eviction", new EvictionList(store, parts.clock())::show),
        ApiRoute.get("/api/v1/history", new HistoryRoute(parts.history())::show),
        ApiRoute.get(
            "/api/v1/providers", new ProviderList(parts.profiles(), parts.lessons())::show),
        ApiRoute.get("/api/v1/log-level", new LogLevelRoute(parts.logLevel())::show),
        ApiRoute.put("/api/v1/log-level", new LogLevelRoute(parts.logLevel())::change));
  }

  @Override
  public void handle(Exchange exchange) throws ClientGone {
    JsonNode body;
    try {
      Request request = exchange.request();
      String path = path(request.target());
      if (isPage(path)) {
        page.handle(exchange, path);
        return;
      }
      Role role = gatekeeper.admit(request, clients.line(request));
      if (nodes.passesOn(exchange, role)) {
        return;
      }
      boolean isRead = request.method().equals("GET") || request.method().equals("HEAD");
      if (path.equals(EventFeed.PATH) && isRead) {
        ApiRequest _ = apiRequest(request, Map.of()).permit();
        events.send(exchange, () -> isAdmitted(request));
        return;
      }
      if (request.method().equals("OPTIONS")) {
        ApiAnswer.sendAllowed(exchange, allowed(path) + ", OPTIONS");
        return;
      }
      body = answer(request, path, role);
    } catch (ApiException problem) {
      ApiAnswer.send(exchange, problem);
      return;
    }
    ApiAnswer.send(exchange, body);
  }

  /** Answers a request that another node has admitted. */
  public void answer(Exchange exchange, boolean mayOperate) throws ClientGone {
    Request request = exchange.request();
    JsonNode body;
    try {
      body = answer(request, path(request.target()), mayOperate ? Role.OPERATE : Role.READ);
    } catch (ApiException problem) {
      ApiAnswer.send(exchange, problem);
      return;
    }
    ApiAnswer.send(exchange, body);
  }

  private JsonNode answer(Request request, String path, Role role) throws ApiException {
    String allowed = allowed(path);
    for (ApiRoute route : routes) {
      Optional<Map<String, String>> variables = route.match(path);
      if (variables.isPresent() && route.takes(request.method())) {
        if (!role.includes(route.role())) {
          throw ApiException.wrongRole();
        }
        return route.action().run(apiRequest(request, variables.get()));
      }
    }
    throw ApiException.wrongMethod(allowed);
  }

  private static ApiRequest apiRequest(Request request, Map<String, String> variables)
      throws ApiException {
    return new ApiRequest(request, variables, ApiRequest.parameters(request.target()));
  }

  private boolean isAdmitted(Request request) {
    try {
      Role _ = gatekeeper.admit(request, clients.line(request));
      return true;
    } catch (ApiException ended) {
      return false;
    }
  }

  /** The methods of a path. */
  private String allowed(String path) throws ApiException {
    TreeSet<String> allowed = new TreeSet<>();
    routes.stream()
        .filter(route -> route.match(path).isPresent())
        .forEach(route -> allowed.add(route.allowed()));
    if (allowed.isEmpty()) {
      throw ApiException.notFound("There is no such path; /api/v1/openapi.json lists all.");
    }
    return String.join(", ", allowed);
  }

  /** Whether a path belongs to the API or to the page. */
  public static boolean takes(String target) {
    String path = path(target);
    return path.startsWith("/api/") || isPage(path);
  }

  private static boolean isPage(String path) {
    return path.equals(AdminPage.PATH) || path.startsWith(AdminPage.PATH + "/");
  }

  /** Ends the feeds of open pages and of programs, and what goes on by itself. */
  @Override
  public void close() {
    closers.forEach(Runnable::run);
  }

  /** Each operation as {@code METHOD path}. */
  public List<String> operations() {
    return routes.stream().map(route -> route.method() + " " + route.path()).toList();
  }

  private static String path(String target) {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }
}
