package streamcache.prewarm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When an episode counts as watched far enough. */
final class EpisodeViewTest {

  private static final long TOTAL = 1000L << 20;
  private static final int SHARE = 80;

  private final EpisodeView view = new EpisodeView();

  private boolean reaches(long start, long bytes) {
    return view.isReached(start, start + bytes, bytes, TOTAL, SHARE);
  }

  @Test
  void oneRequest_reachesTheShareOnce() {
    assertThat(reaches(0, TOTAL / 100 * 79)).isFalse();
    assertThat(reaches(0, TOTAL / 100 * 80)).isTrue();
    assertThat(reaches(0, TOTAL / 100 * 81)).isFalse();
  }

  /** A player reads the index at the end of the file before the first frame. */
  @Test
  void indexAtTheEnd_doesNotCount() {
    long taken = TOTAL / 2;
    view.took(taken);
    assertThat(reaches(TOTAL - (2 << 20), 2 << 20)).isFalse();
    assertThat(reaches(taken, 1 << 20)).isFalse();
  }

  @Test
  void sampleFarBehind_doesNotCountUntilSomethingWasWatched() {
    assertThat(reaches(TOTAL / 100 * 85, 1 << 20)).isFalse();
    view.took(1 << 20);
    view.took(TOTAL / 20);
    assertThat(reaches(TOTAL / 100 * 85, 1 << 20)).isTrue();
  }

  @Test
  void requestsOfSmallRanges_addUp() {
    long step = 4 << 20;
    boolean isReached = false;
    long position = 0;
    while (!isReached) {
      isReached = reaches(position, step);
      view.took(step);
      position += step;
    }
    assertThat(position).isBetween(TOTAL / 100 * 80, TOTAL / 100 * 80 + 2 * step);
  }
}
