package streamcache.admin;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What was played, fetched and refused, by minutes, hours, days or months. */
record HistoryRoute(TrafficHistory history) {

  private static final Logger LOG = LoggerFactory.getLogger(HistoryRoute.class);

  private static final double MEDIAN = 0.5;
  private static final double SLOWEST_OF_A_HUNDRED = 0.99;

  JsonNode show(ApiRequest request) throws ApiException {
    ApiRequest _ = request.permit("span", "zone");
    HistorySpan span =
        HistorySpan.of(request.parameter("span").orElse(HistorySpan.DAY.word()))
            .orElseThrow(() -> ApiException.badRequest("span is " + HistorySpan.words() + "."));
    ZoneId zone = zone(request.parameter("zone").orElse("UTC"));
    HistoryTable table = table(span, zone);
    ObjectNode answer = ApiAnswer.object().put("span", span.word()).put("zone", zone.getId());
    List<Instant> borders = table.borders();
    ArrayNode periods = answer.putArray("periods");
    for (int at = 0; at < table.rows().size(); at++) {
      put(table.rows().get(at), borders.get(at), borders.get(at + 1), periods.addObject());
    }
    HistoryRow total = table.total();
    put(total, borders.getFirst(), borders.getLast(), answer.putObject("total"));
    putErrors(total, answer.putArray("errors"));
    return answer;
  }

  private HistoryTable table(HistorySpan span, ZoneId zone) throws ApiException {
    CompletableFuture<Optional<HistoryTable>> table =
        history
            .ask(span, zone)
            .thenApply(Optional::of)
            .exceptionally(failure -> {
              LOG.warn("event=history-not-read error={}", failure.getClass().getSimpleName());
              return Optional.empty();
            });
    return StoreTurn.await(table)
        .orElseThrow(() ->
            ApiException.busy("The history cannot be read; the cache folder may be damaged."));
  }

  private static ZoneId zone(String written) throws ApiException {
    try {
      return ZoneId.of(written);
    } catch (DateTimeException e) {
      throw ApiException.badRequest("zone is a time zone such as Europe/Berlin.");
    }
  }

  private static void put(HistoryRow row, Instant from, Instant to, ObjectNode period) {
    long sent = row.value(HistoryRow.STORE_BYTES) + row.value(HistoryRow.PROVIDER_BYTES);
    long fetched = row.value(HistoryRow.FETCHED_BYTES);
    period
        .put("from", from.toString())
        .put("to", to.toString())
        .put("storeBytes", row.value(HistoryRow.STORE_BYTES))
        .put("providerBytes", row.value(HistoryRow.PROVIDER_BYTES))
        .put("fetchedBytes", fetched)
        .put("savedBytes", sent - fetched);
    ObjectNode requests = period.putObject("requests");
    row.group(HistoryRow.REQUESTS).forEach(requests::put);
    var firstBytes = row.group(HistoryRow.FIRST_BYTE);
    FirstByteScale.quantile(firstBytes, MEDIAN)
        .ifPresent(seconds -> period.put("firstByteP50Seconds", seconds));
    FirstByteScale.quantile(firstBytes, SLOWEST_OF_A_HUNDRED)
        .ifPresent(seconds -> period.put("firstByteP99Seconds", seconds));
    if (row.values().containsKey(HistoryRow.USED)) {
      period
          .put("usedBytes", row.value(HistoryRow.USED))
          .put("maxBytes", row.value(HistoryRow.MAX))
          .put("lowWatermarkBytes", row.value(HistoryRow.LOW));
    }
    period.put(
        "errors", row.group(HistoryRow.ERRORS).values().stream().mapToLong(Long::longValue).sum());
  }

  /** The most frequent first. */
  private static void putErrors(HistoryRow row, ArrayNode errors) {
    row.group(HistoryRow.ERRORS).entrySet().stream()
        .sorted((one, other) -> Long.compare(other.getValue(), one.getValue()))
        .forEach(error -> {
          int dot = error.getKey().indexOf('.');
          errors
              .addObject()
              .put("cause", error.getKey().substring(0, dot))
              .put("account", error.getKey().substring(dot + 1))
              .put("count", error.getValue());
        });
  }
}
