package streamcache.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Which settings a request changes.
 *
 * @param values by name; none to remove the setting
 */
record SettingsBody(Map<String, List<String>> values) {

  static SettingsBody of(ApiRequest request) throws ApiException {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : request.body().properties()) {
      List<String> texts = new ArrayList<>();
      if (each.getValue().isArray()) {
        for (JsonNode one : each.getValue()) {
          texts.add(text(one));
        }
      } else if (!each.getValue().isNull()) {
        texts.add(text(each.getValue()));
      }
      values.put(each.getKey(), texts);
    }
    return new SettingsBody(values);
  }

  private static String text(JsonNode value) throws ApiException {
    if (value.isString() || value.isIntegralNumber()) {
      return value.asString();
    }
    throw ApiException.badRequest("A value is text as in streamcache.conf, a number, or null.");
  }

  /** For settings that have one value. */
  Map<String, Optional<String>> single() throws ApiException {
    Map<String, Optional<String>> single = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> each : values.entrySet()) {
      if (each.getValue().size() > 1) {
        throw ApiException.badRequest("A setting has one value.");
      }
      single.put(each.getKey(), each.getValue().stream().findFirst());
    }
    return single;
  }

  /** The values may be secrets. */
  @Override
  public String toString() {
    return "SettingsBody[" + values.size() + " settings]";
  }
}
