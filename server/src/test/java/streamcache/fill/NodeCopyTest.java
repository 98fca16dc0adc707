package streamcache.fill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;
import streamcache.store.Generation;
import streamcache.testkit.Content;

/** What other nodes have stored is not asked of the provider. */
final class NodeCopyTest extends FillsFixture {

  private static final int HALF = 1_500_000;
  private static final RangeSet WHOLE = RangeSet.of(new ByteRange(0, LENGTH));
  private static final RangeSet FIRST_HALF = RangeSet.of(new ByteRange(0, HALF));
  private static final RangeSet SECOND_HALF = RangeSet.of(new ByteRange(HALF, LENGTH));
  private static final long SOME_TIME = 1_600_000_000;

  private static OtherNode node(RangeSet present) {
    return new OtherNode(present, /* seed= */ 3, "\"v\"", SOME_TIME);
  }

  private static OtherStores both(OtherNode one, OtherNode other) {
    return (title, start) ->
        Stream.of(one, other).flatMap(node -> node.ask(title, start).stream()).toList();
  }

  private Generation complete(Fills fills) throws Exception {
    try (Demand demand = fills.demand(wish(0, /* isTrusted= */ true))) {
      Generation generation = timer.generation(demand, LIMIT);
      boolean isComplete =
          timer
              .await(() -> generation.isComplete() ? Optional.of(true) : Optional.empty(), LIMIT)
              .isPresent();
      assertThat(isComplete).as("present: %s", generation.present()).isTrue();
      return generation;
    }
  }

  private static void holds(Generation generation, long seed, long from, long to) {
    ByteBuffer film = ByteBuffer.wrap(Content.of(seed, LENGTH).bytes(from, (int) (to - from)));
    assertThat(generation.agrees(from, film)).isTrue();
  }

  @Test
  void demand_otherNodeHasTheWholeTitle_providerIsAskedForNothing() throws Exception {
    others = node(WHOLE);
    Fills fills = fills(fetch -> new Part(fetch, LENGTH));

    Generation generation = complete(fills);

    holds(generation, 3, 0, LENGTH);
    assertThat(asked).isEmpty();
    assertThat(generation.begun()).as("it is as old as the other node's").isEqualTo(SOME_TIME);
    assertThat(generation.facts().strongValidator()).contains("\"v\"");
    assertThat(generation.facts().contentType()).isEqualTo("video/mp4");
  }

  @Test
  void demand_otherNodeHasHalf_providerIsAskedForTheRest() throws Exception {
    others = node(FIRST_HALF);
    Fills fills = fills(fetch -> new Part(fetch, LENGTH));

    Generation generation = complete(fills);

    holds(generation, 3, 0, LENGTH);
    assertThat(asked)
        .singleElement()
        .satisfies(fetch -> {
          assertThat(fetch.start()).isEqualTo(HALF);
          assertThat(fetch.ifRange()).contains("\"v\"");
        });
  }

  @Test
  void demand_otherNodeHasTheSecondHalf_providerIsAskedForTheFirst() throws Exception {
    OtherNode node = node(SECOND_HALF);
    others = node;
    Fills fills = fills(fetch -> new Part(fetch, HALF));

    Generation generation = complete(fills);

    holds(generation, 3, 0, LENGTH);
    assertThat(node.sent).hasValue(LENGTH - HALF);
    assertThat(asked).allSatisfy(fetch -> assertThat(fetch.start()).isLessThan(HALF));
  }

  @Test
  void demand_otherNodeDiesInTheMiddle_providerIsAskedForTheRest() throws Exception {
    OtherNode node = node(WHOLE).diesAfter(1_000_000);
    others = node;
    Fills fills = fills(fetch -> new Part(fetch, LENGTH));

    Generation generation = complete(fills);

    holds(generation, 3, 0, LENGTH);
    assertThat(asked)
        .singleElement()
        .satisfies(fetch -> assertThat(fetch.start()).isEqualTo(1_000_000));
  }

  @Test
  void demand_twoNodesHaveDifferentFiles_takesTheNewerAndThenTheRestOfThatAlone() throws Exception {
    OtherNode old = new OtherNode(WHOLE, /* seed= */ 4, "\"w\"", SOME_TIME);
    OtherNode fresh = new OtherNode(FIRST_HALF, /* seed= */ 3, "\"v\"", SOME_TIME + 1);
    others = both(old, fresh);
    Fills fills = fills(fetch -> new Part(fetch, LENGTH));

    Generation generation = complete(fills);

    holds(generation, 3, 0, LENGTH);
    assertThat(asked).singleElement().satisfies(fetch -> assertThat(fetch.start()).isEqualTo(HALF));
  }

  /** Providers give other validators for the same file, depending on the server that answers. */
  @Test
  void demand_otherValidatorAndEqualBytes_takesThem() throws Exception {
    OtherNode first = new OtherNode(FIRST_HALF, /* seed= */ 3, "\"v\"", SOME_TIME + 1);
    OtherNode second = new OtherNode(WHOLE, /* seed= */ 3, "\"w\"", SOME_TIME);
    others = both(first, second);
    Fills fills = fills(fetch -> new Part(fetch, LENGTH));

    Generation generation = complete(fills);

    holds(generation, 3, 0, LENGTH);
    assertThat(asked).isEmpty();
  }

  @Test
  void demand_noValidatorsAndDifferentBytes_takesNone() throws Exception {
    OtherNode first = new OtherNode(FIRST_HALF, /* seed= */ 3, "\"v\"", SOME_TIME + 1);
    OtherNode second = new OtherNode(WHOLE, /* seed= */ 4, /* validator= */ null, SOME_TIME);
    others = both(first, second);
    Fills fills = fills(fetch -> new Part(fetch, LENGTH));

    Generation generation = complete(fills);

    holds(generation, 3, 0, LENGTH);
    assertThat(asked).singleElement().satisfies(fetch -> assertThat(fetch.start()).isEqualTo(HALF));
  }

  /** The copy of what the provider no longer has must not come back in place of its new file. */
  @Test
  void demand_providerHasAnotherFile_theNewOneIsNotTakenFromTheNode() throws Exception {
    others = node(FIRST_HALF);
    Fills fills = fills(fetch -> new Part(fetch, "\"w\"", LENGTH, /* seed= */ 4));
    try (Demand demand = fills.demand(wish(0, /* isTrusted= */ true))) {
      Generation old = timer.generation(demand, LIMIT);
      boolean isReplaced =
          timer
              .await(() -> old.isSuperseded() ? Optional.of(true) : Optional.empty(), LIMIT)
              .isPresent();
      assertThat(isReplaced).isTrue();
      holds(old, 3, 0, HALF);
    }

    Generation generation = complete(fills);

    holds(generation, 4, 0, LENGTH);
    assertThat(generation.facts().strongValidator()).contains("\"w\"");
  }

  @Test
  void demand_ofALiveChannel_asksNoOtherNode() throws Exception {
    OtherNode node = node(WHOLE);
    others = node;
    Fills fills = fills(fetch -> new Part(fetch, LENGTH));
    Wish wish =
        new Wish(
            link("http://provider.example/live/user/word/1.ts"),
            0,
            Long.MAX_VALUE,
            /* factsOnly= */ false,
            Map.of(),
            CLIENT,
            /* isTrusted= */ true);
    try (Demand _ = fills.demand(wish)) {
      assertThat(next().start()).isZero();
    }
    assertThat(node.asked).hasValue(0);
  }
}
