package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import streamcache.testkit.Content;
import streamcache.testkit.Script;

/** What an operator reads of a playback. */
final class AccessLineTest {

  private static final Content FILM = Content.of(11, 1 << 20);

  private final Logger access = (Logger) LoggerFactory.getLogger("access");
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private @Nullable Level level;

  @BeforeEach
  void listen() {
    level = access.getLevel();
    access.setLevel(Level.INFO);
    log.start();
    access.addAppender(log);
  }

  @AfterEach
  void leave() {
    access.detachAppender(log);
    access.setLevel(level);
  }

  private List<String> lines() {
    return List.copyOf(log.list).stream()
        .map(event -> String.valueOf(event.getKeyValuePairs()))
        .toList();
  }

  /** Found by hand: bytes that had come while the request waited were called the store's. */
  @Test
  void coldPlay_isAllTheProviders_andTheNextAllTheStores() throws IOException {
    try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM))) {
      rig.get("/film.mkv").check(FILM, 0, FILM.length());
      rig.get("/film.mkv").check(FILM, 0, FILM.length());
    }
    assertThat(lines()).hasSize(2);
    assertThat(lines().getFirst()).contains("store=\"0\"", "provider=\"1048576\"");
    assertThat(lines().getLast()).contains("store=\"1048576\"", "provider=\"0\"");
  }

  /** Found by hand: it was status 0, which nobody was told. */
  @Test
  void refusal_hasNoStatusOfThePlayback() throws IOException {
    try (Rig rig = Rig.start().serve("/gone.mkv", Script.status(404))) {
      assertThat(rig.get("/gone.mkv").status()).isEqualTo(404);
    }
    assertThat(lines()).singleElement().asString().contains("status=\"-\"", "refused: gone");
  }
}
