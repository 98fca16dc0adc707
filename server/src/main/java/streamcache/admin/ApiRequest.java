package streamcache.admin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import streamcache.link.TitleKey;
import streamcache.playback.Request;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request to a route, taken apart.
 *
 * @param variables the parts of the path that a route leaves open, by name, as written
 * @param query the parameters, decoded
 */
record ApiRequest(Request request, Map<String, String> variables, Map<String, String> query) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  ApiRequest {
    variables = Map.copyOf(variables);
    query = Map.copyOf(query);
  }

  /**
   * The parameters after the question mark.
   *
   * @throws ApiException if one is written twice or cannot be decoded
   */
  static Map<String, String> parameters(String target) throws ApiException {
    int mark = target.indexOf('?');
    if (mark < 0 || mark == target.length() - 1) {
      return Map.of();
    }
    Map<String, String> parameters = new HashMap<>();
    for (String pair : target.substring(mark + 1).split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      if (parameters.put(name, value) != null) {
        throw ApiException.badRequest("A parameter of the query is written twice.");
      }
    }
    return parameters;
  }

  private static String decoded(String written) throws ApiException {
    try {
      // The listener reads the target as ISO 8859-1; raw UTF-8 is decoded again.
      byte[] bytes = written.getBytes(StandardCharsets.ISO_8859_1);
      return URLDecoder.decode(new String(bytes, StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest("The query has a percent sign without two hex digits.");
    }
  }

  /**
   * Refuses parameters that the route does not know.
   *
   * @param known their names
   */
  ApiRequest permit(String... known) throws ApiException {
    if (!Set.of(known).containsAll(query.keySet())) {
      throw ApiException.badRequest(
          known.length == 0
              ? "This path takes no parameters."
              : "This path takes only the parameters " + String.join(", ", known) + ".");
    }
    return this;
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /** A part of the path that the route leaves open, decoded. */
  String variable(String name) throws ApiException {
    return decoded(variables.getOrDefault(name, ""));
  }

  /** The title that the path names. */
  TitleKey title() throws ApiException {
    String id = variables.getOrDefault("id", "");
    try {
      return new TitleKey(id);
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest("An id of a title has 26 letters a to z and digits 2 to 7.");
    }
  }

  /** The body, an object; an empty one if there is no body. */
  JsonNode body() throws ApiException {
    if (request.body().isEmpty()) {
      return JSON.createObjectNode();
    }
    String type = request.headers().first("Content-Type").orElse("");
    if (!type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
      throw ApiException.wrongType();
    }
    try {
      JsonNode body = JSON.readTree(request.body());
      if (body.isObject()) {
        return body;
      }
    } catch (JacksonException e) {
      throw ApiException.badRequest("The body is not JSON.");
    }
    throw ApiException.badRequest("The body must be a JSON object.");
  }

  /** Without the query and the body, which may hold a URL. */
  @Override
  public String toString() {
    return "ApiRequest[" + request.id() + "]";
  }
}
