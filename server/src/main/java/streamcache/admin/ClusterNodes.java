package streamcache.admin;

import java.util.Optional;
import java.util.function.Supplier;
import streamcache.cluster.ClusterNode;
import streamcache.cluster.ClusterStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The servers that act as one with this one.
 *
 * @param cluster empty if this server is alone
 */
record ClusterNodes(Supplier<Optional<ClusterStatus>> cluster) {

  JsonNode show(ApiRequest request) throws ApiException {
    ApiRequest _ = request.permit();
    ObjectNode answer = ApiAnswer.object().put("isCluster", cluster.get().isPresent());
    cluster.get().ifPresent(status -> put(answer, status));
    return answer;
  }

  /** What the status of the server says about it; nothing if the server is alone. */
  void addTo(ObjectNode status) {
    cluster
        .get()
        .ifPresent(present ->
            status
                .putObject("cluster")
                .put("nodes", present.nodes().size())
                .put("isInCharge", present.isInCharge()));
  }

  private static void put(ObjectNode answer, ClusterStatus status) {
    answer.put("isInCharge", status.isInCharge());
    ArrayNode rows = answer.putArray("nodes");
    for (ClusterNode node : status.nodes()) {
      rows.addObject()
          .put("id", node.id())
          .put("place", node.place())
          .put("isPrimary", node.isPrimary())
          .put("isThis", node.equals(status.self()));
    }
    answer
        .put("relaying", status.relaying())
        .put("relayedRequests", status.relayed())
        .put("resumedResponses", status.resumed())
        .put("relayedBytes", status.bytes())
        .put("copiedBytes", status.copied());
  }
}
