package streamcache.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import streamcache.link.BadLink;
import streamcache.link.LinkForm;
import streamcache.link.Links;
import streamcache.settings.ListenSettings;
import streamcache.settings.Settings;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a server's {@link SelfCheck}. Used by commands, on their thread; blocks.
 *
 * @param links makes links with the key of the server
 * @param own the port of the server itself, past whatever lies before it
 */
record SelfCheckCalls(Links links, WebPlace own) {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int OK = 200;
  private static final int MOST_TEXT = 4096;

  static SelfCheckCalls of(Settings settings, Links links) {
    ListenSettings listen = settings.listen();
    String host = listen.bind().isEmpty() ? "127.0.0.1" : listen.bind();
    return new SelfCheckCalls(
        links, new WebPlace(host, listen.port(), settings.tls().isPresent(), "localhost"));
  }

  /**
   * The target of a request for the file, or for something else that the server tells.
   *
   * @throws BadLink if there is no key
   */
  static String target(Links links, String asked) throws BadLink {
    Instant end = Instant.now().plus(SelfCheck.LIFE.dividedBy(2));
    return links.make(LinkForm.SEALED, SelfCheck.URL, Optional.of(end)) + SelfCheck.MARK + asked;
  }

  String target(String asked) throws BadLink {
    return target(links, asked);
  }

  /** What the server tells of itself; empty without a server that knows the key. */
  Optional<SelfCheckAbout> about() throws BadLink {
    try {
      return text("about").map(JSON::readTree).flatMap(SelfCheckAbout::parse);
    } catch (JacksonException _) {
      return Optional.empty(); // An earlier version has answered.
    }
  }

  /** How many bytes of a file the server has got rid of; empty without a server. */
  OptionalLong sent(String run) throws BadLink {
    return text("sent-" + run)
        .filter(text -> text.matches("[0-9]{1,18}"))
        .map(text -> OptionalLong.of(Long.parseLong(text)))
        .orElse(OptionalLong.empty());
  }

  private Optional<String> text(String asked) throws BadLink {
    try (WebCall call = WebCall.get(own, target(asked), Map.of())) {
      return call.status() == OK
          ? Optional.of(new String(call.read(MOST_TEXT), StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
