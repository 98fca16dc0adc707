package streamcache.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import streamcache.origin.Failure;

/** Which User-Agent a title is requested with, and how many requests fail; in virtual time. */
final class AgentsTest {

  private static final String KODI = "Kodi/21";
  private static final String PROBE = "Lavf/61";
  private static final Failure GONE = new Failure.Gone(OptionalInt.of(404), "no such file");

  private final AccountAgent account = new AccountAgent(Optional.empty(), new Effects());
  private long now = 5;

  private Agents title() {
    return new Agents(account, /* isFixed= */ false);
  }

  @Test
  void next_nobodyHasWorked_isThatOfWhoeverCameFirst() {
    assertThat(title().next(List.of(KODI, PROBE))).isEqualTo(KODI);
  }

  @Test
  void next_oneHasWorked_isThatOneForEverybody() {
    title().accepted(KODI);
    assertThat(account.worked()).contains(KODI);
    assertThat(title().next(List.of(PROBE))).isEqualTo(KODI);
  }

  @Test
  void refused_another_isAskedOnceAndThenTheRoundIsOver() {
    title().accepted(KODI);
    Agents title = title();
    assertThat(title.refused(KODI, GONE, List.of(PROBE), now)).isTrue();
    assertThat(title.next(List.of(PROBE))).isEqualTo(PROBE);
    assertThat(title.refused(PROBE, GONE, List.of(PROBE), now)).isFalse();
    title.givenUp();
    assertThat(title.mayTry(PROBE, now)).as("its own was tried").isFalse();
    assertThat(title.mayTry("VLC/3", now)).as("another player's was not").isTrue();
    assertThat(title.next(List.of(PROBE))).as("the next round").isEqualTo(KODI);
  }

  @Test
  void refused_samePlayer_isNotAskedAgain() {
    title().accepted(KODI);
    assertThat(title().refused(KODI, GONE, List.of(KODI), now)).isFalse();
  }

  @Test
  void refused_forAnotherReason_isNotAskedAgain() {
    title().accepted(KODI);
    Failure busy = new Failure.Busy(OptionalInt.of(503), "busy", Optional.empty());
    Failure limit = new Failure.Limit(OptionalInt.of(429), "too many", Optional.empty());
    assertThat(title().refused(KODI, busy, List.of(PROBE), now)).isFalse();
    assertThat(title().refused(KODI, limit, List.of(PROBE), now)).isFalse();
  }

  @Test
  void refused_anyNumberOfAgents_isBounded() {
    Agents title = title();
    int asked = 0;
    while (asked < 100 && title.mayTry("Agent/" + asked, now)) {
      var _ = title.refused("Agent/" + asked, GONE, List.of("Agent/" + asked), now);
      asked++;
    }
    assertThat(asked).isLessThanOrEqualTo(4);
  }

  /** A scan of dead links: three titles are requested twice, and then one a minute. */
  @Test
  void refused_titlesThatAreGone_askAnotherEverLessOften() {
    title().accepted(KODI);
    int asked = 0;
    for (int title = 0; title < 600; title++) {
      asked += scanned() ? 1 : 0;
      now += Duration.ofSeconds(1).toNanos();
    }
    assertThat(asked).isBetween(3, 3 + 10);
  }

  /** One second of a scan; returns whether it cost an additional request. */
  private boolean scanned() {
    Agents title = title();
    boolean isAskedAgain = title.refused(KODI, GONE, List.of(PROBE), now);
    return isAskedAgain && !title.refused(PROBE, GONE, List.of(PROBE), now);
  }

  @Test
  void accepted_afterARefusalOfAnother_isTheAccountsAndMayBeFollowedAtOnceAgain() {
    title().accepted(KODI);
    for (int title = 0; title < 10; title++) {
      var _ = scanned();
    }
    now += Duration.ofMinutes(2).toNanos();
    Agents title = title();
    assertThat(title.refused(KODI, GONE, List.of(PROBE), now)).isTrue();
    title.accepted(PROBE);
    assertThat(account.worked()).contains(PROBE);
    assertThat(account.mayTryAnother(now)).isTrue();
  }

  @Test
  void fixed_isNeverAskedWithAnotherNorLearned() {
    Agents title = new Agents(account, /* isFixed= */ true);
    assertThat(title.refused(KODI, GONE, List.of(PROBE), now)).isFalse();
    assertThat(title.mayTry(PROBE, now)).isFalse();
    title.accepted(KODI);
    assertThat(account.worked()).isEmpty();
  }
}
