package streamcache.admin;

import java.util.List;
import streamcache.settings.Effective;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The settings in effect, with secrets masked. */
record SettingList(List<Effective> effective) {

  SettingList {
    effective = List.copyOf(effective);
  }

  JsonNode show(ApiRequest request) throws ApiException {
    ApiRequest _ = request.permit();
    ObjectNode answer = ApiAnswer.object();
    ArrayNode rows = answer.putArray("settings");
    for (Effective each : effective) {
      ObjectNode row =
          rows.addObject()
              .put("name", each.setting().name())
              .put("default", each.setting().standard())
              .put("from", each.where())
              .put("meaning", each.setting().meaning());
      each.shown().ifPresent(value -> row.put("value", value));
    }
    return answer;
  }
}
