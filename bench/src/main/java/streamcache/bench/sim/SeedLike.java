package streamcache.bench.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import streamcache.range.ByteRange;

/**
 * The nginx + Lua streamcache: one download a film from its start, which every reader near it
 * follows; a reader far from it is passed through uncached. It has no connection limit.
 */
final class SeedLike implements Policy {

  /** A range farther ahead than this is not waited for. */
  private static final long FOLLOWS = 20L << 20;

  private final SceneWorld world;
  private final List<Copy> titles = new ArrayList<>();
  private final Map<Copy, Download> fills = new HashMap<>();
  private final Map<Copy, Double> retryAt = new HashMap<>();
  private final Map<SimulatedRequest, Own> passing = new HashMap<>();

  private record Own(Copy copy, Download download) {}

  SeedLike(SceneWorld world) {
    this.world = world;
  }

  @Override
  public void asked(SimulatedRequest request) {
    if (!titles.contains(request.copy())) {
      titles.add(request.copy());
    }
  }

  @Override
  public void left(SimulatedRequest request) {
    Own own = passing.remove(request);
    if (own != null) {
      own.download().close();
    }
  }

  @Override
  public void ended(Download download) {
    if (fills.remove(download.copy(), download)) {
      retryAt.put(download.copy(), world.now() + Rival.RETRY);
    }
    passing.forEach((request, own) -> {
      if (own.download() == download && download.state() == Download.State.REFUSED) {
        request.fail();
      }
    });
  }

  @Override
  public void step() {
    for (Copy title : titles) {
      if (!title.isComplete()
          && !fills.containsKey(title)
          && retryAt.getOrDefault(title, 0.0) <= world.now()) {
        long start = title.present().presentUntil(0);
        fills.put(title, world.open(title, new ByteRange(start, title.end()), Rival.READ_OVER));
      }
    }
    for (SimulatedRequest request : world.requests()) {
      Own own = passing.get(request);
      if (own != null) {
        own.download().bound(request.sent() + Rival.READ_AHEAD);
      } else if (request.waits(world.now()).isPresent() && isFar(request)) {
        Copy copy = request.copy().passing();
        ByteRange range = new ByteRange(request.position(), copy.end());
        request.passes(copy);
        passing.put(request, new Own(copy, world.open(copy, range, Rival.READ_OVER)));
      }
    }
  }

  private boolean isFar(SimulatedRequest request) {
    Download fill = fills.get(request.copy());
    long frontier = fill == null ? 0 : fill.position();
    return request.position() < frontier || request.position() > frontier + FOLLOWS;
  }
}
