package streamcache.admin;

import java.time.Duration;
import java.time.Instant;
import streamcache.store.StoreUsage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The state of the server as a whole. */
final class ServerStatus {

  private final AdminParts parts;
  private final Instant begun;

  ServerStatus(AdminParts parts) {
    this.parts = parts;
    this.begun = parts.clock().instant();
  }

  JsonNode show(ApiRequest request) throws ApiException {
    ApiRequest _ = request.permit();
    return now();
  }

  ObjectNode now() {
    StoreUsage usage = parts.store().usage();
    ObjectNode status =
        ApiAnswer.object()
            .put("version", parts.version())
            .put("uptimeSeconds", Duration.between(begun, parts.clock().instant()).toSeconds())
            .put("health", usage.isWritable() ? "ok" : "the store accepts no bytes");
    status
        .putObject("store")
        .put("usedBytes", usage.usedBytes())
        .put("maxBytes", usage.maxBytes())
        .put("lowWatermarkBytes", parts.store().settings().lowWatermark(usage.maxBytes()))
        .put("diskFreeBytes", usage.diskFreeBytes())
        .put("minFreeBytes", parts.store().settings().minFreeBytes())
        .put("titles", usage.titles())
        .put("isWritable", usage.isWritable());
    new ClusterNodes(parts.cluster()).addTo(status);
    return status
        .put("plays", parts.plays().count())
        .put("connections", parts.connections().getAsInt());
  }
}
