package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import streamcache.settings.RequireSigned;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Gate;
import streamcache.testkit.RecordedRequest;
import streamcache.testkit.RecordedRequest.End;
import streamcache.testkit.Script;

/** Which requests count together as one library scan, tested with real requests. */
final class ScanClientsTest {

  private static final Content FILM = Content.of(41, 8 * Rig.MIB);
  private static final long HEAD = Rig.MIB;
  private static final String PROXY = "127.0.0.1";
  private static final String PROBE = "User-Agent: Lavf/59.27.100";

  /** Where the provider pauses every film until the test has seen the outcome. */
  private final Gate middle = new Gate();

  @AfterEach
  void open() {
    middle.open();
  }

  private Rig rig() throws IOException {
    Rig rig = Rig.asking(RequireSigned.OFF, PROXY);
    for (int title = 0; title < 4; title++) {
      rig.serve(path(title), Script.of(FILM).gate(4 * Rig.MIB, middle));
    }
    return rig;
  }

  private static String path(int title) {
    return "/" + title + ".mkv";
  }

  /** Reads the header of the film and disconnects. */
  private static void look(Rig rig, int title, String from, String agent) throws IOException {
    try (CheckedStream player = rig.stream(path(title), FILM, "X-Forwarded-For: " + from, agent)) {
      player.awaitBytes(HEAD);
    }
  }

  private static RecordedRequest only(Rig rig, int title) {
    assertThat(rig.origin().requests(path(title))).hasSize(1);
    return rig.origin().requests(path(title)).getFirst();
  }

  private static void expectAllLeft(Rig rig) {
    for (int title = 0; title < 4; title++) {
      assertThat(only(rig, title).awaitEnd()).isEqualTo(End.CLIENT_GONE);
    }
  }

  private void expectAllCompleted(Rig rig) {
    middle.open();
    for (int title = 0; title < 4; title++) {
      rig.origin().awaitRequests(path(title), 1).awaitEnd();
      assertThat(only(rig, title).bodyBytes()).isEqualTo(FILM.length());
    }
  }

  @Test
  void oneClientBehindTheProxy_scans() throws IOException {
    try (Rig rig = rig()) {
      for (int title = 0; title < 4; title++) {
        look(rig, title, "192.168.1.5", PROBE);
      }
      expectAllLeft(rig);
    }
  }

  @Test
  void devicesOfOneIpv6Line_areOneClient() throws IOException {
    try (Rig rig = rig()) {
      for (int title = 0; title < 4; title++) {
        look(rig, title, "2001:db8:1:2::" + (title + 1), PROBE);
      }
      expectAllLeft(rig);
    }
  }

  @Test
  void twoClientsBehindTheProxy_areViewers() throws IOException {
    try (Rig rig = rig()) {
      for (int title = 0; title < 4; title++) {
        look(rig, title, "192.168.1." + title % 2, PROBE);
      }
      expectAllCompleted(rig);
    }
  }

  @Test
  void twoProgramsOnOneMachine_areViewers() throws IOException {
    try (Rig rig = rig()) {
      for (int title = 0; title < 4; title++) {
        look(rig, title, "192.168.1.5", title == 3 ? "User-Agent: Kodi/20.0" : PROBE);
      }
      expectAllCompleted(rig);
    }
  }
}
