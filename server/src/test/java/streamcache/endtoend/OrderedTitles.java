package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import streamcache.link.BadLink;
import streamcache.link.LinkCodec;
import streamcache.testkit.Answer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The queue of a rig as its operator sees it. */
final class OrderedTitles {

  static final String QUEUE = "/api/v1/prewarm";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private OrderedTitles() {}

  static JsonNode ok(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.text()).doesNotContain("anna18", "geheim123", Rig.TOKEN);
    return ApiClient.json(answer);
  }

  static String id(Rig rig, String path) throws BadLink {
    LinkCodec codec = new LinkCodec();
    return codec.decode(codec.encode(rig.origin().url(path))).key().value();
  }

  static String order(String part, String... urls) {
    var body = JSON.createObjectNode().put("part", part);
    List.of(urls).forEach(body.putArray("urls")::add);
    return body.toString();
  }

  static JsonNode order(Rig rig, String part, String... paths) throws IOException {
    String[] urls = List.of(paths).stream().map(rig.origin()::url).toArray(String[]::new);
    return ok(ApiClient.of(rig).post(QUEUE, order(part, urls)));
  }

  static JsonNode item(Answer queue, String id) {
    for (JsonNode item : ok(queue).path("items")) {
      if (item.path("id").asString().equals(id)) {
        return item;
      }
    }
    return JSON.createObjectNode();
  }

  static JsonNode awaitState(Rig rig, String path, String state) throws Exception {
    String id = id(rig, path);
    ApiClient operator = ApiClient.of(rig);
    operator.await(QUEUE, queue -> item(queue, id).path("state").asString("").equals(state));
    return item(operator.get(QUEUE), id);
  }
}
