package streamcache.admin;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One operation of the API.
 *
 * @param method a GET answers HEAD as well
 * @param path with a name in braces for each part that is left open
 * @param role that a request needs
 * @param action on the request's virtual thread
 */
record ApiRoute(String method, String path, Role role, Action action) {

  /** What the operation does. */
  @FunctionalInterface
  interface Action {
    /** Returns the body of the response, or says why there is none. */
    JsonNode run(ApiRequest request) throws ApiException;
  }

  static ApiRoute get(String path, Action action) {
    return new ApiRoute("GET", path, Role.READ, action);
  }

  static ApiRoute post(String path, Action action) {
    return new ApiRoute("POST", path, Role.OPERATE, action);
  }

  static ApiRoute put(String path, Action action) {
    return new ApiRoute("PUT", path, Role.OPERATE, action);
  }

  static ApiRoute patch(String path, Action action) {
    return new ApiRoute("PATCH", path, Role.OPERATE, action);
  }

  static ApiRoute delete(String path, Action action) {
    return new ApiRoute("DELETE", path, Role.OPERATE, action);
  }

  /** The open parts of a path, by name; empty if the path is another. */
  Optional<Map<String, String>> match(String asked) {
    String[] own = path.split("/", -1);
    String[] parts = asked.split("/", -1);
    if (own.length != parts.length) {
      return Optional.empty();
    }
    Map<String, String> variables = new HashMap<>();
    for (int at = 0; at < own.length; at++) {
      if (own[at].startsWith("{")) {
        variables.put(own[at].substring(1, own[at].length() - 1), parts[at]);
      } else if (!own[at].equals(parts[at])) {
        return Optional.empty();
      }
    }
    return Optional.of(variables);
  }

  boolean takes(String asked) {
    return method.equals(asked) || (method.equals("GET") && asked.equals("HEAD"));
  }

  String allowed() {
    return method.equals("GET") ? "GET, HEAD" : method;
  }
}
