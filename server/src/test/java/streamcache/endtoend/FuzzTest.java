package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import streamcache.settings.EgressEntry;
import streamcache.settings.EgressSettings;
import streamcache.settings.FillSettings;
import streamcache.settings.RedirectPolicy;
import streamcache.testkit.RawClient;
import streamcache.testkit.fuzz.ProductFuzz;

/** Hostile request headers against the whole server; bench/fuzz does the same for any duration. */
final class FuzzTest {

  private static final int CONVERSATIONS = 400;

  static Stream<Long> seeds() {
    return Stream.concat(Stream.of(1L), List.of(System.nanoTime()).stream());
  }

  /** A link with one letter changed may name any host, so all but the provider are refused. */
  private static FillSettings onlyTheProvider() {
    FillSettings usual = Rig.fill();
    EgressEntry everybody = new EgressEntry(new EgressEntry.Host("*"), OptionalInt.empty());
    return new FillSettings(
        usual.rangeTeeThreshold(),
        usual.followerWaitMax(),
        usual.answerWithin(),
        usual.resolveTtl(),
        usual.providerMaxConnections(),
        usual.verifyTls(),
        new EgressSettings(
            usual.egress().allow(), List.of(everybody), List.of(), RedirectPolicy.ANY));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void conversation_anyBytes_asksNoProviderForWhatWasNotAsked(long seed) throws IOException {
    int served = 0;
    try (Rig rig = Rig.start(onlyTheProvider())) {
      ProductFuzz fuzz = new ProductFuzz(rig.origin(), rig.address(), seed);
      for (int i = 0; i < CONVERSATIONS; i++) {
        try {
          served += fuzz.next();
        } catch (AssertionError e) {
          throw new AssertionError("seed %d, conversation %d".formatted(seed, i), e);
        }
      }
      assertThat(served).as("requests that were right").isGreaterThan(CONVERSATIONS / 4);
      assertThat(rig.origin().requests()).isNotEmpty();
      assertThat(RawClient.get(rig.address(), "/healthz").text()).startsWith("ok");
    }
  }
}
