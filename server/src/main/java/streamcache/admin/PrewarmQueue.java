package streamcache.admin;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import streamcache.fill.Fills;
import streamcache.link.TitleKey;
import streamcache.prewarm.PrewarmState;
import streamcache.prewarm.PrewarmStatus;
import streamcache.prewarm.Prewarms;
import streamcache.schedule.TitleStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The titles that are fetched before anybody plays them. */
record PrewarmQueue(Prewarms prewarms, Fills fills) {

  JsonNode show(ApiRequest request) throws ApiException {
    ApiRequest _ = request.permit();
    List<PrewarmStatus> all = prewarms.all();
    Set<TitleKey> fetched = fetched();
    ObjectNode answer = counted(all);
    ArrayNode items = answer.putArray("items");
    all.forEach(status -> add(status, fetched.contains(status.title()), items.addObject()));
    return answer;
  }

  /** How many titles are in each state. */
  ObjectNode counts() {
    return counted(prewarms.all());
  }

  private static ObjectNode counted(List<PrewarmStatus> all) {
    Map<PrewarmState, Integer> counts = new EnumMap<>(PrewarmState.class);
    all.forEach(status -> counts.merge(status.state(), 1, Integer::sum));
    ObjectNode answer = ApiAnswer.object();
    for (PrewarmState state : PrewarmState.values()) {
      answer.put(state.word(), counts.getOrDefault(state, 0));
    }
    return answer;
  }

  JsonNode cancel(ApiRequest request) throws ApiException {
    TitleKey key = request.permit().title();
    if (!request.body().isEmpty()) {
      throw ApiException.badRequest("The body has no properties.");
    }
    if (!prewarms.cancel(key)) {
      throw ApiException.notFound("This title is not in the queue, or it is over.");
    }
    return ApiAnswer.object().put("id", key.value()).put("state", PrewarmState.CANCELLED.word());
  }

  private Set<TitleKey> fetched() {
    return fills.accounts().stream()
        .flatMap(account -> account.status().titles().stream())
        .filter(title -> title.connections() > 0)
        .map(TitleStatus::key)
        .collect(Collectors.toSet());
  }

  /**
   * @param isFetched whether a connection of it is open; if not, it waits for players, hours, quota
   *     or a pause of the provider
   */
  private static void add(PrewarmStatus status, boolean isFetched, ObjectNode row) {
    row.put("id", status.title().value())
        .put("name", status.name())
        .put("host", status.host())
        .put("part", status.part().word())
        .put("state", status.state().word())
        .put("isFetched", status.state() == PrewarmState.RUNNING && isFetched)
        .put("storedBytes", status.storedBytes());
    status.wantedBytes().ifPresent(bytes -> row.put("wantedBytes", bytes));
    if (!status.words().isEmpty()) {
      row.put("words", status.words());
    }
  }
}
