package streamcache.admin;

import java.util.List;
import java.util.function.Function;
import streamcache.link.AccountId;
import streamcache.origin.ProviderProfiles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was learned about the providers.
 *
 * @param lessons about one of them, in words
 */
record ProviderList(ProviderProfiles profiles, Function<AccountId, List<String>> lessons) {

  JsonNode show(ApiRequest request) throws ApiException {
    ApiRequest _ = request.permit();
    ObjectNode answer = ApiAnswer.object();
    ArrayNode rows = answer.putArray("providers");
    for (AccountId account : profiles.all().keySet()) {
      ArrayNode learned = rows.addObject().put("account", account.value()).putArray("learned");
      lessons.apply(account).forEach(learned::add);
    }
    return answer;
  }
}
