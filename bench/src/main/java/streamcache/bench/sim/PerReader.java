package streamcache.bench.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import streamcache.range.ByteRange;

/** Each reader at a hole gets a connection of its own; only the provider limits how many. */
final class PerReader implements Policy {

  private final SceneWorld world;
  private final Map<SimulatedRequest, Download> own = new HashMap<>();
  private double closedAt;

  PerReader(SceneWorld world) {
    this.world = world;
  }

  @Override
  public void left(SimulatedRequest request) {
    Optional.ofNullable(own.remove(request)).ifPresent(Download::close);
  }

  @Override
  public void ended(Download download) {
    closedAt = world.now();
    for (SimulatedRequest request : world.requests()) {
      if (own.remove(request, download) && download.state() == Download.State.REFUSED) {
        request.fail();
      }
    }
  }

  @Override
  public void step() {
    for (SimulatedRequest request : world.requests()) {
      Download download = own.get(request);
      if (download != null) {
        download.bound(request.sent() + Rival.READ_AHEAD);
      } else if (isInNeed(request) && world.now() - closedAt >= Rival.SETTLE) {
        ByteRange range = new ByteRange(request.position(), request.copy().end());
        own.put(request, world.open(request.copy(), range, Rival.READ_OVER));
      }
    }
  }

  private boolean isInNeed(SimulatedRequest request) {
    return request.waits(world.now()).isPresent() && !request.isFailed();
  }
}
