package streamcache.store;

import java.util.List;

/**
 * What would be evicted now if space were needed.
 *
 * @param next the titles that go, the first one first
 * @param staying titles that stay whatever is needed
 */
public record EvictionOutlook(List<Next> next, List<Staying> staying) {

  public EvictionOutlook {
    next = List.copyOf(next);
    staying = List.copyOf(staying);
  }

  /**
   * A title that goes.
   *
   * @param isShared whether its file is also one of an old cache, so that it goes as a whole
   */
  public record Next(TitleUse use, EvictionReason reason, boolean isShared) {}

  /** A title that stays. */
  public record Staying(TitleUse use, EvictionObstacle obstacle) {}
}
