package streamcache.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Which titles are worth completing, judged by their visits. */
final class CompletionTest {

  private static final OptionalLong TOTAL = OptionalLong.of(1000);

  /** A client's visit to the title, controlled by a test. */
  private static final class Looks implements ObservedVisit {
    private boolean isOfScan;
    private boolean stays;
    private boolean isOver;

    @Override
    public boolean isViewing() {
      return !isOfScan || (!isOver && stays);
    }

    @Override
    public boolean isDismissed() {
      return isOfScan && isOver;
    }

    Looks leave() {
      isOver = true;
      return this;
    }

    Looks ofScan() {
      isOfScan = true;
      return this;
    }
  }

  private static boolean isWorthIt(Completion completion) {
    return completion.isWorthIt(TOTAL, /* playing= */ 0);
  }

  private static Completion wanted(ObservedVisit... visits) {
    Completion completion = new Completion(() -> 0, new Effects());
    for (ObservedVisit visit : visits) {
      completion.want(visit);
    }
    return completion;
  }

  @Test
  void headAlone_isNotWorthIt() {
    assertThat(isWorthIt(wanted())).isFalse();
  }

  @Test
  void viewerLeavesAtOnce_isWorthItAllTheSame() {
    assertThat(isWorthIt(wanted(new Looks().leave()))).isTrue();
  }

  @Test
  void lookedIntoByAScan_isNoLongerWorthIt() {
    Looks look = new Looks().leave();
    Completion completion = wanted(look);
    assertThat(isWorthIt(completion)).as("not known yet").isTrue();
    look.ofScan();
    assertThat(isWorthIt(completion)).isFalse();
  }

  @Test
  void lookedIntoByAScan_aViewersTitleStaysWorthIt() {
    assertThat(isWorthIt(wanted(new Looks().leave(), new Looks().ofScan().leave()))).isTrue();
  }

  @Test
  void lookedIntoByAScan_isWorthItWhenSomebodyStays() {
    Looks look = new Looks().ofScan();
    Completion completion = wanted(look);
    assertThat(isWorthIt(completion)).isFalse();
    look.stays = true;
    assertThat(isWorthIt(completion)).isTrue();
  }

  @Test
  void lookedIntoByAScan_isWorthItWhenAViewerComes() {
    Completion completion = wanted(new Looks().ofScan().leave());
    assertThat(isWorthIt(completion)).isFalse();
    completion.want(new Looks());
    assertThat(isWorthIt(completion)).isTrue();
  }

  @Test
  void share_isAskedOfViewersToo() {
    Completion completion = new Completion(() -> 40, new Effects());
    completion.want(new Looks());
    completion.left(399);
    assertThat(isWorthIt(completion)).isFalse();
    completion.left(1);
    assertThat(isWorthIt(completion)).isTrue();
  }

  /** If too many visits were only looks, none of them is remembered. */
  @Test
  void manyLooks_areForgotten() {
    Completion completion = wanted();
    for (int time = 0; time < 100; time++) {
      completion.want(new Looks().ofScan().leave());
    }
    assertThat(isWorthIt(completion)).isFalse();
  }

  @Test
  void manyWhoStillLook_areWorthIt() {
    Completion completion = wanted();
    for (int time = 0; time < 17; time++) {
      completion.want(new Looks().ofScan());
    }
    assertThat(isWorthIt(completion)).isTrue();
  }
}
