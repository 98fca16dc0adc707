package streamcache.origin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import streamcache.testkit.Content;
import streamcache.testkit.Gate;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;

/** Providers that send a little of a film and then pause, while they prepare the rest. */
final class FirstBytesTest {

  /** The first of two sync bytes of a transport stream with time stamps is the fifth byte. */
  private static final int TWO_PACKETS = 197;

  private final ScriptedOrigin provider =
      ScriptedOrigin.start().allow(1000, "each container is asked for");
  private final HttpOrigin origin = Fetches.origin();
  private final Gate rest = new Gate();

  @AfterEach
  void closeAll() {
    rest.open();
    origin.close();
    provider.close();
  }

  private Upstream open(byte[] film, int first, Gate then) throws OriginException {
    provider.serve(
        "/f", Script.of(Content.ofBytes(film)).gate(first, then).type("application/octet-stream"));
    return origin.open(Fetches.whole(provider.url("/f")));
  }

  /** Of 68 bytes from a test suite of others, nothing was passed on until 512 had come. */
  @Test
  void open_everyContainer_passedOnAsSoonAsItIsKnown() throws OriginException {
    for (Map.Entry<String, byte[]> film : Bodies.films().entrySet()) {
      int first = film.getKey().equals("transport stream") ? TWO_PACKETS : 68;
      // Bytes of no meaning follow the mark; one that no text has comes before the pause.
      byte[] bytes = film.getValue();
      bytes[67] = film.getKey().equals("transport stream") ? bytes[67] : 0;
      Gate then = new Gate();
      try (Upstream upstream = open(bytes, first, then)) {
        ByteBuffer buffer = ByteBuffer.allocate(first);
        assertThat(upstream.read(buffer)).as(film.getKey()).isEqualTo(first);
        assertThat(buffer.array()).isEqualTo(Arrays.copyOf(bytes, first));
        // Where more was awaited and did not come, the connection is lost.
        then.open();
        assertThat(Fetches.drain(upstream))
            .isEqualTo(Arrays.copyOfRange(bytes, first, bytes.length));
      }
    }
  }

  /** Bytes that may still turn out to be text are not passed on, and not cut for the pause. */
  @Test
  void open_undecidedBytesAndAPause_areAwaitedAsLongAsTheFirst() throws Exception {
    byte[] film = Bodies.films().get("avi");
    Arrays.fill(film, 0, 100, (byte) 'a');
    System.arraycopy("RIFFaaaaAVI LIST".getBytes(UTF_8), 0, film, 0, 16);
    Timeouts hasty = Fetches.HASTY;
    Timeouts patientFirst =
        new Timeouts(
            hasty.lookUp(),
            hasty.connect(),
            Fetches.GENEROUS,
            /* read= */ hasty.read(),
            hasty.readToTheEnd(),
            hasty.idle(),
            hasty.open());
    provider.serve("/f", Script.of(Content.ofBytes(film)).gate(90, rest).type("video/mp4"));
    try (HttpOrigin slow = Fetches.origin(patientFirst, Fetches.OPEN)) {
      Thread opener =
          Thread.startVirtualThread(() -> {
            rest.awaitReached();
            // Longer than a stall may take once the first bytes are known.
            provider.isRequestedWithin(hasty.read().multipliedBy(3), "/f", 2);
            rest.open();
          });
      try (Upstream upstream = slow.open(Fetches.whole(provider.url("/f")))) {
        assertThat(Fetches.drain(upstream)).isEqualTo(film);
      }
      opener.join();
      assertThat(provider.requests("/f")).hasSize(1);
    }
  }
}
