package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import streamcache.settings.RequireSigned;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;

/** What the access line tells an operator about a playback. */
final class AccessLineTest {

  private static final Content FILM = Content.of(11, 1 << 20);

  private final Logger access = (Logger) LoggerFactory.getLogger("access");
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private @Nullable Level level;

  @BeforeEach
  void listen() {
    level = access.getLevel();
    access.setLevel(Level.DEBUG);
    log.start();
    access.addAppender(log);
  }

  @AfterEach
  void leave() {
    access.detachAppender(log);
    access.setLevel(level);
  }

  /** The lines of single requests. */
  private List<String> lines() {
    return lines(message -> !message.equals("play"));
  }

  private List<String> plays() {
    return lines(message -> message.equals("play"));
  }

  private List<String> lines(Predicate<String> wanted) {
    return List.copyOf(log.list).stream()
        .filter(event -> wanted.test(event.getMessage()))
        .map(event -> String.valueOf(event.getKeyValuePairs()))
        .toList();
  }

  /** A player that seeks a hundred times filled the log with a hundred lines. */
  @Test
  void play_manyRequestsOfOneClient_areOneLine() throws IOException {
    try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM))) {
      rig.get("/film.mkv").check(FILM, 0, FILM.length());
      for (int from = 0; from < 100; from++) {
        rig.get("/film.mkv", "Range: bytes=" + from + "-" + (from + 9));
      }
      rig.get("/film.mkv", "User-Agent: another", "Range: bytes=0-9");
    }
    assertThat(plays())
        .hasSize(2)
        .anyMatch(line ->
            line.contains("requests=\"101\"")
                && line.contains("bytes=\"1049576\"")
                && line.contains("store=\"1000\"")
                && line.contains("cache=\"MISS\"")
                && line.contains("cuts=\"0\"")
                && line.contains("ended=\"done\""))
        .anyMatch(line -> line.contains("requests=\"1\"") && line.contains("cache=\"HIT\""));
  }

  @Test
  void play_usualLevel_hasNoLineForEachRequest() throws IOException {
    access.setLevel(Level.INFO);
    try (Rig rig =
        Rig.start().serve("/film.mkv", Script.of(FILM)).serve("/gone.mkv", Script.status(404))) {
      rig.get("/film.mkv").check(FILM, 0, FILM.length());
      rig.get("/gone.mkv");
    }
    assertThat(lines()).singleElement().asString().contains("status=\"404\"");
    assertThat(plays()).hasSize(1);
  }

  /** Found by hand: bytes that arrived while the request waited were attributed to the store. */
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

  /** Found by hand: the line named neither the response status nor the client. */
  @Test
  void refusal_toAProgram_hasTheStatusThatWasSent() throws IOException {
    try (Rig rig = Rig.start().serve("/gone.mkv", Script.status(404))) {
      assertThat(rig.get("/gone.mkv").status()).isEqualTo(404);
    }
    assertThat(lines())
        .singleElement()
        .asString()
        .contains("status=\"404\"", "refused: gone", "client=\"127.0.0.1\"");
  }

  @Test
  void refusal_shownToAPlayer_hasTheStatusOfTheClip() throws IOException {
    try (Rig rig = Rig.start().serve("/gone.mkv", Script.status(404))) {
      String vlc = "User-Agent: VLC/3.0.24 LibVLC/3.0.24";
      assertThat(rig.get("/gone.mkv", vlc, "Range: bytes=0-99").status()).isEqualTo(206);
    }
    assertThat(lines()).singleElement().asString().contains("status=\"206\"", "refused: gone");
  }

  @Test
  void addressNotAllowed_hasItsStatus() throws IOException {
    try (Rig rig = Rig.start()) {
      String link = rig.linkTo("http://169.254.169.254/film.mkv");
      assertThat(RawClient.get(rig.address(), link).status()).isEqualTo(403);
    }
    assertThat(lines()).singleElement().asString().contains("status=\"403\"", "refused: ");
  }

  @Test
  void requestRejected_hasTheStatusThatWasSent() throws IOException {
    try (Rig rig = Rig.asking(RequireSigned.ALWAYS)) {
      assertThat(rig.get("/film.mkv").status()).isEqualTo(403);
    }
    assertThat(lines()).singleElement().asString().contains("status=\"403\"", "unsigned-link");
  }

  /** A client outside the local network is named by its network only. */
  @Test
  void play_throughATrustedProxy_namesThePlayerBehindIt() throws IOException {
    try (Rig rig = Rig.asking(RequireSigned.OFF, "127.0.0.1").serve("/film.mkv", Script.of(FILM))) {
      rig.get("/film.mkv", "X-Forwarded-For: 192.168.1.23").check(FILM, 0, FILM.length());
      rig.get("/film.mkv", "X-Forwarded-For: 8.8.4.77").check(FILM, 0, FILM.length());
    }
    // The line is written after the last byte is sent, so the second line may come first.
    assertThat(lines())
        .hasSize(2)
        .allMatch(line -> line.contains("status=\"200\""))
        .anyMatch(line -> line.contains("client=\"192.168.1.23\""))
        .anyMatch(line -> line.contains("client=\"8.8.4.0/24\""));
  }
}
