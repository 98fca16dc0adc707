package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import streamcache.testkit.Answer;
import streamcache.testkit.RawClient;
import tools.jackson.databind.JsonNode;

/** Asks the API for everything, with a token and without, and with secrets in its parameters. */
record ApiProbe(InetSocketAddress address, Consumer<Answer> answers) {

  void askEverything() throws IOException {
    ApiClient operator = new ApiClient(address, Canary.of("admin"));
    String secret = Canary.of("query");
    for (String path : paths(operator, secret)) {
      if (!path.equals("/api/v1/events")) {
        answers.accept(operator.get(path));
      }
      answers.accept(RawClient.get(address, path));
      answers.accept(operator.post(path, "{\"" + secret + "\":\"" + secret + "\"}"));
      answers.accept(operator.post(path, secret));
    }
    answers.accept(operator.as(secret).get("/api/v1/status"));
  }

  private static List<String> paths(ApiClient operator, String secret) throws IOException {
    JsonNode titles = ApiClient.json(operator.get("/api/v1/titles")).path("titles");
    assertThat(titles.size()).isPositive();
    JsonNode operations = ApiClient.json(operator.get("/api/v1/openapi.json")).path("paths");
    List<String> paths = new ArrayList<>(operations.propertyNames());
    titles.forEach(title -> paths.add("/api/v1/titles/" + title.path("id").asString()));
    paths.add("/api/v1/titles?query=" + secret);
    paths.add("/api/v1/titles?" + secret + "=" + secret);
    paths.add("/api/v1/titles?sort=" + secret);
    paths.add("/api/v1/titles/" + secret);
    paths.add("/api/v1/" + secret);
    return paths;
  }
}
