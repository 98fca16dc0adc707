package streamcache.admin;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The description of the API by OpenAPI 3.1: written by hand, checked by a test, and read when it
 * is asked for.
 */
final class ApiDescription {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ApiDescription() {}

  static JsonNode show(ApiRequest request) throws ApiException {
    ApiRequest _ = request.permit();
    return FileThread.call(ApiDescription::read);
  }

  private static JsonNode read() {
    try (InputStream in = ApiDescription.class.getResourceAsStream("openapi.json")) {
      return JSON.readTree(Objects.requireNonNull(in, "a file of this program"));
    } catch (IOException e) {
      throw new IllegalStateException("this program cannot read its own files", e);
    }
  }
}
