package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import streamcache.settings.EvictionPolicy;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Gate;
import streamcache.testkit.Script;

/** More films in ten minutes than fit: the oldest are evicted, and none bypasses the store. */
final class FullCacheTest {
  private static final long LIMIT = 64_000_000;
  private static final long LOW_MARK = 48_000_000;
  private static final int FILMS = 12;

  /** Films that fit below the lower mark, minus one that may arrive during an eviction round. */
  private static final int KEPT = 5;

  private static final List<Content> CONTENTS =
      IntStream.range(0, FILMS).mapToObj(seed -> Content.of(seed, 8_000_000)).toList();

  @ParameterizedTest
  @EnumSource
  void play_moreThanFitsWithinAMinute_oldestGoAndTheNewAreKept(EvictionPolicy policy)
      throws IOException {
    try (Rig rig = Rig.start(LIMIT, LOW_MARK, policy)) {
      for (int film = 0; film < FILMS; film++) {
        rig.serve(path(film), Script.of(CONTENTS.get(film)));
        play(rig, film, "MISS");
        rig.origin().awaitIdle();
        assertThat(rig.usedBytes()).isLessThanOrEqualTo(LIMIT);
      }
      for (int film = FILMS - KEPT; film < FILMS; film++) {
        play(rig, film, "HIT");
      }
      assertThat(IntStream.range(0, FILMS).map(film -> rig.origin().requests(path(film)).size()))
          .as("a film that played past the store would have been asked for once more")
          .containsOnly(1);
      play(rig, /* film= */ 0, "MISS");
    }
  }

  /** Found by the soak: each player that joined another kept the title open indefinitely. */
  @Test
  void play_byTwoAtOnce_moreThanFits_oldestGoAllTheSame() throws IOException {
    try (Rig rig = Rig.start(LIMIT, LOW_MARK, EvictionPolicy.LRU)) {
      for (int film = 0; film < FILMS; film++) {
        Gate gate = new Gate();
        Content content = CONTENTS.get(film);
        rig.serve(path(film), Script.of(content).gate(MIB, gate));
        try (CheckedStream first = rig.stream(path(film), content).awaitBytes(MIB);
            CheckedStream second = rig.stream(path(film), content).awaitBytes(MIB)) {
          gate.open();
          assertThat(first.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
          assertThat(second.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
        }
        rig.origin().awaitIdle();
      }
      for (int film = FILMS - KEPT; film < FILMS; film++) {
        play(rig, film, "HIT");
      }
      assertThat(IntStream.range(0, FILMS).map(film -> rig.origin().requests(path(film)).size()))
          .containsOnly(1);
    }
  }

  private static void play(Rig rig, int film, String cache) throws IOException {
    Content content = CONTENTS.get(film);
    var answer = rig.get(path(film)).check(content, 0, content.length());
    assertThat(answer.header("X-Cache")).as("film %d", film).contains(cache);
  }

  private static String path(int film) {
    return "/film%d.mkv".formatted(film);
  }
}
