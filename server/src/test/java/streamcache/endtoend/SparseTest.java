package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import streamcache.testkit.Answer;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Gate;
import streamcache.testkit.RecordedRequest;
import streamcache.testkit.Script;
import streamcache.testkit.Script.Ranges;

/** Ranges far from the frontier are fetched, kept, and never requested again. */
final class SparseTest {

  private static final Content FILM = Content.of(2, 64 * MIB + 99);

  /** The upstream limit as a multiple of the title size, whatever players seek. */
  private static final double MOST_UPSTREAM = 1.02;

  @Test
  void seek_farAhead_isServedWhileTheFillStandsStill() throws IOException {
    Gate gate = new Gate();
    try (Rig rig =
        Rig.start()
            .serve("/film.mkv", Script.of(FILM).onRequest(1, script -> script.gate(MIB, gate)))) {
      CheckedStream player = rig.stream("/film.mkv", FILM).awaitBytes(MIB);
      rig.get("/film.mkv", "Range: bytes=50000000-50999999").check(FILM, 50_000_000, 51_000_000);
      assertThat(rig.origin().requests("/film.mkv")).hasSize(2);
      rig.get("/film.mkv", "Range: bytes=50000000-50999999").check(FILM, 50_000_000, 51_000_000);
      assertThat(rig.origin().requests("/film.mkv")).hasSize(2);
      gate.open();
      player.awaitEnd();
      player.close();
    }
  }

  @Test
  void tailProbe_coldTitle_costsNoSecondDownload() throws IOException {
    try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM).pace(40 * MIB))) {
      CheckedStream player = rig.stream("/film.mkv", FILM, "Range: bytes=0-").awaitBytes(MIB);
      long tail = FILM.length() - 70_000;
      rig.get("/film.mkv", "Range: bytes=" + tail + "-").check(FILM, tail, FILM.length());
      player.awaitEnd();
      player.close();
      rig.origin().awaitIdle();
      assertThat(rig.origin().requests("/film.mkv")).hasSize(2);
      assertThat(rig.origin().bodyBytes("/film.mkv"))
          .isLessThan((long) (FILM.length() * MOST_UPSTREAM));
    }
  }

  @Test
  void rangeAtTheEnd_knownTitle_isUnsatisfiableWithoutAsking() throws IOException {
    try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM))) {
      rig.get("/film.mkv");
      Answer answer = rig.get("/film.mkv", "Range: bytes=" + FILM.length() + "-");
      assertThat(answer.status()).isEqualTo(416);
      assertThat(answer.header("Content-Range")).contains("bytes */" + FILM.length());
      assertThat(rig.origin().requests("/film.mkv")).hasSize(1);
    }
  }

  @Test
  void farRange_coldTitle_isFetchedFirstAndTheFillFollows() throws IOException {
    try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM))) {
      rig.get("/film.mkv", "Range: bytes=40000000-40000999").check(FILM, 40_000_000, 40_001_000);
      assertThat(rig.origin().requests("/film.mkv"))
          .extracting(RecordedRequest::range)
          .as("after a look at what it is")
          .startsWith(Optional.of("bytes=0-4095"), Optional.of("bytes=40000000-"));
      rig.get("/film.mkv").check(FILM, 0, FILM.length());
      rig.origin().awaitIdle();
      assertThat(rig.origin().bodyBytes("/film.mkv"))
          .as(rig.origin().requests().toString())
          .isEqualTo(FILM.length());
    }
  }

  @Test
  void farRange_coldTitleWithoutRanges_isOneDownloadFromTheStart() throws IOException {
    for (Ranges ranges : new Ranges[] {Ranges.IGNORED, Ranges.UNKNOWN}) {
      try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM).ranges(ranges))) {
        rig.get("/film.mkv", "Range: bytes=40000000-40000999").check(FILM, 40_000_000, 40_001_000);
        rig.get("/film.mkv").check(FILM, 0, FILM.length());
        assertThat(rig.origin().requests("/film.mkv")).hasSize(1);
      }
    }
  }

  @Test
  void head_unknownTitleWithoutRanges_readsNoFurtherThanItMust() throws IOException {
    try (Rig rig =
        Rig.start().serve("/film.mkv", Script.of(FILM).ranges(Ranges.UNKNOWN).pace(10 * MIB))) {
      assertThat(rig.head("/film.mkv").header("Content-Length"))
          .contains(Long.toString(FILM.length()));
      rig.origin().awaitConnections(0);
      assertThat(rig.origin().bodyBytes("/film.mkv")).isLessThan(20 * MIB);
    }
  }

  @Test
  void suffixRange_coldTitle_isAnswered() throws IOException {
    try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM).pace(100 * MIB))) {
      Answer answer = rig.get("/film.mkv", "Range: bytes=-1000");
      assertThat(answer.status()).isEqualTo(206);
      answer.check(FILM, FILM.length() - 1000, FILM.length());
    }
  }

  @Test
  void seek_manyTimesAtRandom_costsTheTitleOnce() throws IOException {
    long seed = new Random().nextLong();
    System.out.println("SparseTest seed " + seed);
    Random random = new Random(seed);
    // Bytes in flight when a connection is cut count as well; the pace limits them to those of one
    // pause of the machine.
    try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM).pace(12 * MIB))) {
      CheckedStream player = rig.stream("/film.mkv", FILM).awaitBytes(MIB);
      for (int i = 0; i < 12; i++) {
        long from = random.nextLong(FILM.length() - MIB);
        long to = from + 1 + random.nextLong(MIB);
        rig.get("/film.mkv", "Range: bytes=" + from + "-" + (to - 1)).check(FILM, from, to);
      }
      player.awaitEnd();
      player.close();
      rig.get("/film.mkv").check(FILM, 0, FILM.length());
      rig.origin().awaitIdle();
      assertThat(rig.origin().peakExchanges()).isLessThanOrEqualTo(2);
      assertThat(rig.origin().bodyBytes("/film.mkv"))
          .as("seed %d: %s", seed, rig.origin().requests("/film.mkv"))
          .isLessThan((long) (FILM.length() * MOST_UPSTREAM));
    }
  }

  @Test
  void range_beyondFourGibibytes_isExact() throws IOException {
    Content huge = Content.of(3, 6_000_000_000L);
    Gate gate = new Gate();
    try (Rig rig =
        Rig.start(16L * 1024 * MIB)
            .serve("/huge.mkv", Script.of(huge).gate(5_000_002_000L, gate).gate(2 * MIB, gate))) {
      rig.get("/huge.mkv", "Range: bytes=5000000000-5000000999")
          .check(huge, 5_000_000_000L, 5_000_001_000L);
    }
  }
}
