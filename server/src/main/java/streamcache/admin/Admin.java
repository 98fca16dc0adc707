package streamcache.admin;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Handler;
import streamcache.playback.Request;
import tools.jackson.databind.JsonNode;

/**
 * The entry point of the package: answers every request below {@code /api/}. Who has no token
 * learns nothing, not even which paths exist. Each request has a virtual thread of its own.
 */
public final class Admin implements Handler {

  private final Gatekeeper gatekeeper;
  private final Function<Request, InetAddress> clients;
  private final List<ApiRoute> routes;

  /**
   * @param clients the address that a request came from
   */
  Admin(Gatekeeper gatekeeper, Function<Request, InetAddress> clients, List<ApiRoute> routes) {
    this.gatekeeper = gatekeeper;
    this.clients = clients;
    this.routes = List.copyOf(routes);
  }

  public static Admin of(AdminParts parts) {
    Gatekeeper gatekeeper =
        new Gatekeeper(
            parts.token().map(token -> TokenDigest.of(token.text().reveal())),
            new ApiKeys(parts.settings().folder(), parts.clock()),
            new AttemptLimit(System::nanoTime));
    List<ApiRoute> routes = List.of(ApiRoute.get("/api/v1/status", new ServerStatus(parts)::show));
    return new Admin(gatekeeper, parts.clients(), routes);
  }

  @Override
  public void handle(Exchange exchange) throws ClientGone {
    JsonNode body;
    try {
      Request request = exchange.request();
      Role role = gatekeeper.admit(request, clients.apply(request));
      String path = path(request.target());
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

  private JsonNode answer(Request request, String path, Role role) throws ApiException {
    String allowed = allowed(path);
    for (ApiRoute route : routes) {
      Optional<Map<String, String>> variables = route.match(path);
      if (variables.isPresent() && route.takes(request.method())) {
        if (!role.includes(route.role())) {
          throw ApiException.wrongRole();
        }
        Map<String, String> query = ApiRequest.parameters(request.target());
        return route.action().run(new ApiRequest(request, variables.get(), query));
      }
    }
    throw ApiException.wrongMethod(allowed);
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

  /** Each operation as {@code METHOD path}. */
  public List<String> operations() {
    return routes.stream().map(route -> route.method() + " " + route.path()).toList();
  }

  private static String path(String target) {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }
}
