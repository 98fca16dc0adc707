package streamcache.bench.sim;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import streamcache.range.ByteRange;

/**
 * Each reader at a hole gets a connection of its own; when all slots are taken, the connection
 * opened first is closed for it. Keeps within the limit.
 */
final class NewestSteals implements Policy {

  private final SceneWorld world;

  /** In the order of opening. */
  private final Map<SimulatedRequest, Download> own = new LinkedHashMap<>();

  NewestSteals(SceneWorld world) {
    this.world = world;
  }

  @Override
  public void left(SimulatedRequest request) {
    Optional.ofNullable(own.remove(request)).ifPresent(Download::close);
  }

  @Override
  public void ended(Download download) {
    own.values().remove(download);
  }

  /** A reader whose connection was taken gets the end of its response when it reaches the hole. */
  @Override
  public void blocked(SimulatedRequest request) {
    if (request.wasRobbed()) {
      request.fail();
    }
  }

  @Override
  public void step() {
    for (SimulatedRequest request : world.requests()) {
      Download download = own.get(request);
      if (download != null) {
        download.bound(request.sent() + Rival.READ_AHEAD);
      }
    }
    newest().ifPresent(this::provide);
  }

  private Optional<SimulatedRequest> newest() {
    return world.requests().stream()
        .filter(request -> request.waits(world.now()).isPresent() && !request.isFailed())
        .filter(request -> !own.containsKey(request))
        .reduce((_, later) -> later);
  }

  private void provide(SimulatedRequest request) {
    if (world.provider().free(world.now()) > 0) {
      ByteRange range = new ByteRange(request.position(), request.copy().end());
      own.put(request, world.open(request.copy(), range, Rival.READ_OVER));
      return;
    }
    boolean settling =
        world.provider().cooling(world.now()) > 0
            || world.downloads().stream().anyMatch(Download::isClosing);
    if (!settling) {
      own.entrySet().stream().findFirst().ifPresent(this::rob);
    }
  }

  private void rob(Map.Entry<SimulatedRequest, Download> victim) {
    victim.getKey().rob();
    victim.getValue().close();
    own.remove(victim.getKey());
  }
}
