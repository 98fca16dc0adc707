package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamcache.link.AccountId;
import streamcache.origin.ProviderProfile;
import streamcache.origin.ProviderProfiles;
import streamcache.testkit.Content;
import streamcache.testkit.FakeClock;
import streamcache.testkit.RawClient;
import streamcache.testkit.RecordedRequest;
import streamcache.testkit.Script;

/** What the check of a complete title teaches about the validators of its account. */
final class RevalidationLessonTest {

  private static final String PATH = "/film.mkv";
  private static final Content FILM = Content.of(/* seed= */ 21, 17 * MIB + 5);
  private static final Content OTHER = Content.of(/* seed= */ 23, 17 * MIB + 5);

  /** One byte, then 64 KiB from either end. */
  private static final long COMPARED = 1 + 2 * 64 * 1024;

  private final FakeClock clock = new FakeClock().setWall(Instant.now());

  /** Completes the title, lets half a day pass, and plays it again, which checks it. */
  private void check(Rig rig, String outcome) throws IOException {
    rig.get(PATH).check(FILM, 0, FILM.length());
    clock.advance(Duration.ofHours(13));
    assertThat(rig.get(PATH).check(FILM, 0, FILM.length()).header("X-Cache")).contains("HIT");
    String line = "streamcache_revalidations_total{outcome=\"%s\"} 1.0".formatted(outcome);
    long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    String metrics = RawClient.get(rig.address(), "/metrics").text();
    while (!metrics.contains(line)) {
      assertThat(System.nanoTime() - until).as(metrics).isNegative();
      metrics = RawClient.get(rig.address(), "/metrics").text();
    }
    rig.origin().awaitIdle();
  }

  private static void serve(Rig rig, boolean hasTags, boolean changes, Script script) {
    rig.origin()
        .on(
            PATH,
            wire -> {
              RecordedRequest request = wire.request();
              int number = changes ? request.number() : 1;
              String date = "Thu, 01 Jan 2026 00:00:%02d GMT".formatted(number);
              Script tagged =
                  hasTags
                      ? script.etag("\"edge-" + number + "\"")
                      : script.etag(null).lastModified(date);
              wire.play(tagged.at(request.number()));
            });
  }

  /** The accounts whose validators mean nothing. */
  private Map<AccountId, Boolean> learned(Rig rig) throws IOException {
    rig.restart();
    return ProviderProfiles.open(rig.cache().resolve("PROVIDERS"), clock).all().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> isArbitrary(entry.getValue())));
  }

  private static boolean isArbitrary(ProviderProfile profile) {
    return profile.validators().areArbitrary();
  }

  @ParameterizedTest
  @CsvSource({"true, true", "false, true", "true, false", "false, false"})
  void check_sameBytes_validatorsAreWorthWhatTheyShow(boolean hasTags, boolean changes)
      throws IOException {
    try (Rig rig = Rig.at(clock, Rig.fill())) {
      serve(rig, hasTags, changes, Script.of(FILM));
      check(rig, "unchanged");
      assertThat(rig.origin().requests(PATH)).hasSize(changes ? 4 : 2);
      assertThat(rig.origin().bodyBytes(PATH)).isEqualTo(FILM.length() + (changes ? COMPARED : 1));
      assertThat(learned(rig)).containsValue(changes).doesNotContainValue(!changes);
    }
  }

  @Test
  void check_otherBytes_teachesNothing() throws IOException {
    try (Rig rig = Rig.at(clock, Rig.fill())) {
      Script replaced = Script.of(FILM).fromRequest(2, later -> later.content(OTHER));
      serve(rig, /* hasTags= */ true, /* changes= */ true, replaced);
      check(rig, "changed");
      assertThat(learned(rig)).containsValue(false).doesNotContainValue(true);
    }
  }

  /** The provider of the setting is trusted; its bytes are compared, but not its validators. */
  @Test
  void check_trustIsSet_teachesNothing() throws IOException {
    try (Rig rig = Rig.set(clock, "[provider %s]", "TRUST_VALIDATORS = 1")) {
      serve(rig, /* hasTags= */ true, /* changes= */ true, Script.of(FILM));
      check(rig, "unchanged");
      assertThat(learned(rig)).containsValue(false).doesNotContainValue(true);
    }
  }

  /** Found by reading: the check asked for the account of the link, which has no state. */
  @Test
  void check_accountWithAName_teachesThatAccount() throws IOException {
    try (Rig rig = Rig.set(clock, "[provider %s]", "ACCOUNT = home")) {
      serve(rig, /* hasTags= */ true, /* changes= */ true, Script.of(FILM));
      check(rig, "unchanged");
      assertThat(learned(rig)).containsEntry(AccountId.named("home"), true);
    }
  }
}
