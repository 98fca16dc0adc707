package streamcache.admin;

import java.util.Comparator;
import streamcache.fill.AccountView;
import streamcache.fill.Fills;
import streamcache.schedule.AccountStatus;
import streamcache.schedule.TitleStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The accounts in use: their limits, what is open, what waits. */
record AccountList(Fills fills) {

  private static final double MILLIS = 1000;

  JsonNode show(ApiRequest request) throws ApiException {
    ApiRequest _ = request.permit();
    ObjectNode answer = ApiAnswer.object();
    answer.set("accounts", now());
    return answer;
  }

  ArrayNode now() {
    ArrayNode accounts = ApiAnswer.array();
    fills.accounts().stream()
        .sorted(Comparator.comparing(view -> view.id().value()))
        .forEach(view -> add(view, accounts.addObject()));
    return accounts;
  }

  private static void add(AccountView view, ObjectNode row) {
    AccountStatus status = view.status();
    row.put("account", view.id().value())
        .put("limit", status.limit())
        .put("open", status.open())
        .put("cooling", status.cooling())
        .put("holdSeconds", status.hold().toMillis() / MILLIS);
    ArrayNode titles = row.putArray("titles");
    status.titles().forEach(title -> add(title, titles.addObject()));
  }

  private static void add(TitleStatus title, ObjectNode row) {
    row.put("id", title.key().value())
        .put("name", title.name())
        .put("connections", title.connections())
        .put("players", title.players())
        .put("waiting", title.waiting())
        .put("isResting", title.isResting());
  }
}
