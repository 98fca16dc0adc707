package streamcache.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which titles may begin beside those that play; each player takes 1 MiB a second. */
final class AdmissionTest {

  private static final long MIB = Situation.MIB;

  /** One connection that delivers {@code times} what a player takes. */
  private static Situation upstream(double times) {
    return new Situation().budget(1).upstream(/* firstByte= */ 0.3, times * MIB, /* coolDown= */ 0);
  }

  private static Action.Admit admit(Situation.Title title) {
    return new Action.Admit(title.key);
  }

  @Test
  void decide_nobodyElsePlays_admits() {
    Situation situation = upstream(0.5);
    Situation.Title title = situation.title().newcomer().starved(0);
    assertThat(situation.decide()).startsWith(admit(title));
  }

  @Test
  void decide_unknownTitleAlone_admitsAndOpensAtOnce() {
    Situation situation = upstream(0.5);
    Situation.Title title = situation.title().unknown().newcomer().starved(0);
    assertThat(situation.decide())
        .containsExactly(admit(title), new Action.Open(title.key, 0, Long.MAX_VALUE));
  }

  @Test
  void decide_lineCarriesBoth_admits() {
    Situation situation = upstream(2.2);
    situation.title().running(1, 100 * MIB).playing(100 * MIB, /* buffered= */ 90);
    Situation.Title newcomer = situation.title().newcomer().starved(0);
    assertThat(situation.decide()).contains(admit(newcomer));
  }

  /** The first title is well ahead, but would fall behind repeatedly if the other began. */
  @Test
  void decide_lineCarriesOne_holdsTheNewcomer() {
    Situation situation = upstream(2.1);
    Situation.Title first = situation.title().present(0, 100 * MIB).running(1, 100 * MIB);
    first.playing(10 * MIB, /* buffered= */ 9);
    situation.title().newcomer().starved(0);
    assertThat(situation.decide()).isEmpty();
  }

  @Test
  void decide_twoConnectionsCarryBoth_admits() {
    Situation situation = upstream(1.6).budget(2);
    situation.title().running(1, 100 * MIB).playing(100 * MIB, /* buffered= */ 9);
    Situation.Title newcomer = situation.title().newcomer().starved(0);
    assertThat(situation.decide()).contains(admit(newcomer));
  }

  /** Its stored bytes last until the other title is complete. */
  @Test
  void decide_newcomerHasEnoughAhead_admits() {
    Situation situation = upstream(1.6);
    situation
        .title()
        .present(0, 700 * MIB)
        .running(1, 700 * MIB)
        .playing(10 * MIB, /* buffered= */ 9);
    Situation.Title newcomer = situation.title().newcomer().present(0, 186 * MIB).starved(0);
    assertThat(situation.decide()).as("300 MiB take 187.5 s").isEmpty();
    newcomer.present(186 * MIB, 190 * MIB);
    assertThat(situation.decide()).contains(admit(newcomer));
  }

  @Test
  void decide_lineNotMeasuredYet_admits() {
    Situation situation = upstream(0);
    situation.title().running(1, 100 * MIB).playing(100 * MIB, /* buffered= */ 9);
    Situation.Title newcomer = situation.title().newcomer().starved(0);
    assertThat(situation.decide()).contains(admit(newcomer));
  }

  /** Only a title's head reveals what it takes. */
  @Test
  void decide_unknownTitleBesideAnother_isLookedAtFirst() {
    Situation situation = upstream(9).budget(2);
    situation.title().running(1, 100 * MIB).playing(100 * MIB, /* buffered= */ 9);
    Situation.Title newcomer = situation.title().unknown().newcomer().starved(0);
    assertThat(situation.decide())
        .containsExactly(new Action.Open(newcomer.key, 0, Long.MAX_VALUE));
  }

  /** Two titles fit, but a third does not; the newcomer that has waited longest comes first. */
  @Test
  void decide_roomForOneMore_admitsWhoCameFirst() {
    Situation situation = upstream(2.5);
    situation.title().running(1, 100 * MIB).playing(100 * MIB, /* buffered= */ 9);
    situation.title().newcomer().watched(3).starved(0);
    Situation.Title longest = situation.title().newcomer().watched(8).starved(0);
    assertThat(situation.decide())
        .filteredOn(Action.Admit.class::isInstance)
        .containsExactly(admit(longest));
  }

  /** Nobody plays the first title any more; its fill only completes it. */
  @Test
  void decide_otherIsNotPlayed_admits() {
    Situation situation = upstream(1.2);
    situation.title().claiming(0).running(1, 100 * MIB);
    Situation.Title newcomer = situation.title().newcomer().starved(0);
    assertThat(situation.decide()).contains(admit(newcomer));
  }

  /** A media server checks titles with HEAD, which must not admit its player. */
  @Test
  void decide_headOfHeldTitle_isAnsweredAndAdmitsNobody() {
    Situation situation = upstream(1.6);
    situation.title().running(1, 100 * MIB).playing(100 * MIB, /* buffered= */ 9);
    situation.title().newcomer().claiming(0).present(0, MIB).factsOnly();
    assertThat(situation.decide()).isEmpty();
  }
}
