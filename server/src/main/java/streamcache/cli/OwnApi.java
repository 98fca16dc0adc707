package streamcache.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;
import streamcache.admin.AdminToken;
import streamcache.settings.ListenSettings;
import streamcache.settings.Settings;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The API of the server that runs with these settings, with the operator's token. Used by commands,
 * on their thread; blocks.
 */
final class OwnApi {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int CONNECT_MILLIS = 3000;

  /** Longer than the server waits for its store. */
  private static final int READ_MILLIS = 30_000;

  private static final int OK = 200;

  /** Names the node of the cluster that is to answer; docs/api.md. */
  private static final String NODE_FIELD = "Streamcache-Node";

  private static final int MOST_BYTES = 16 << 20;

  private final Settings settings;
  private final Optional<String> node;
  private final PrintWriter err;

  /**
   * @param err receives a sentence for each problem
   */
  OwnApi(Settings settings, PrintWriter err) {
    this(settings, /* node= */ Optional.empty(), err);
  }

  /**
   * The same, but another node of the cluster answers.
   *
   * @param node its place; empty for the server itself
   */
  OwnApi(Settings settings, Optional<String> node, PrintWriter err) {
    this.settings = settings;
    this.node = node;
    this.err = err;
  }

  /** What became of a request. */
  sealed interface Outcome {

    record Answered(JsonNode answer) implements Outcome {}

    /** The server does not do it. */
    record Declined(int status, String sentence) implements Outcome {}

    /** No server was asked. */
    record Unasked(String sentence) implements Outcome {}
  }

  /** The answer; empty, after a sentence, if there is none. */
  Optional<JsonNode> get(String target) {
    return answer(ask("GET", target, /* body= */ null));
  }

  Optional<JsonNode> post(String target, JsonNode body) {
    return answer(ask("POST", target, body));
  }

  private Optional<JsonNode> answer(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered(JsonNode answer) -> Optional.of(answer);
      case Outcome.Declined(_, String sentence) -> {
        say(sentence);
        yield Optional.empty();
      }
      case Outcome.Unasked(String sentence) -> {
        say(sentence);
        yield Optional.empty();
      }
    };
  }

  Outcome ask(String method, String target, @Nullable JsonNode body) {
    Optional<AdminToken> token = AdminToken.open(settings.admin(), this::say);
    if (token.isEmpty()) {
      return new Outcome.Unasked(
          "There is no token of a server in %s; run this command as the user of the server, or set"
                  .formatted(settings.admin().folder())
              + " ADMIN_TOKEN.");
    }
    BasicClassicHttpRequest request = new BasicClassicHttpRequest(method, target);
    request.addHeader("Host", "localhost");
    request.addHeader("Connection", "close");
    request.addHeader("Authorization", "Bearer " + token.get().text().reveal());
    node.ifPresent(name -> request.addHeader(NODE_FIELD, name));
    if (body != null) {
      StringEntity entity = new StringEntity(body.toString(), ContentType.APPLICATION_JSON);
      request.setEntity(entity);
      request.addHeader("Content-Type", "application/json");
      request.addHeader("Content-Length", Long.toString(entity.getContentLength()));
    }
    return send(request);
  }

  /** Where the API is: at the port of the players unless it has its own. */
  private ListenSettings listen() {
    ListenSettings players = settings.listen();
    return settings.admin().bind().map(players::at).orElse(players);
  }

  private Outcome send(BasicClassicHttpRequest request) {
    ListenSettings listen = listen();
    String host = listen.bind().isEmpty() ? "127.0.0.1" : listen.bind();
    boolean isSecure = settings.tls().isPresent();
    try (Socket socket = OwnServer.connect(host, listen.port(), isSecure, CONNECT_MILLIS);
        DefaultBHttpClientConnection connection =
            new DefaultBHttpClientConnection(Http1Config.DEFAULT)) {
      socket.setSoTimeout(READ_MILLIS);
      connection.bind(socket);
      connection.sendRequestHeader(request);
      if (request.getEntity() != null) {
        connection.sendRequestEntity(request);
      }
      connection.flush();
      ClassicHttpResponse response = connection.receiveResponseHeader();
      connection.receiveResponseEntity(response);
      return read(response.getCode(), text(response.getEntity()));
    } catch (IOException | HttpException e) {
      return new Outcome.Unasked(
          "No server answers on port %d (%s); start it, or name its PORT."
              .formatted(listen.port(), e.getClass().getSimpleName()));
    }
  }

  private Outcome read(int status, String text) {
    JsonNode answer;
    try {
      answer = JSON.readTree(text);
    } catch (JacksonException e) {
      return new Outcome.Unasked(
          "What answers on port %d is no Streamcache of this version.".formatted(listen().port()));
    }
    return status == OK
        ? new Outcome.Answered(answer)
        : new Outcome.Declined(
            status,
            Printable.of(
                answer.path("detail").asString("The server answers with " + status + ".")));
  }

  private static String text(@Nullable HttpEntity entity) throws IOException {
    try (InputStream in = entity == null ? InputStream.nullInputStream() : entity.getContent()) {
      return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    }
  }

  private void say(String sentence) {
    err.println("streamcache: " + sentence);
  }
}
