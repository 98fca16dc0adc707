package streamcache.bench.sim;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import streamcache.range.ByteRange;

/**
 * Each reader that comes to a hole has a connection of its own; when all places are taken the one
 * that was opened first ends for it. Keeps the limit.
 */
final class NewestSteals implements Policy {

  private final World world;

  /** In the order of opening. */
  private final Map<Request, Download> own = new LinkedHashMap<>();

  NewestSteals(World world) {
    this.world = world;
  }

  @Override
  public void left(Request request) {
    Optional.ofNullable(own.remove(request)).ifPresent(Download::close);
  }

  @Override
  public void ended(Download download) {
    own.values().remove(download);
  }

  /** A reader whose connection was taken gets the end of its answer when it comes to the hole. */
  @Override
  public void blocked(Request request) {
    if (request.wasRobbed()) {
      request.fail();
    }
  }

  @Override
  public void step() {
    for (Request request : world.requests()) {
      Download download = own.get(request);
      if (download != null) {
        download.bound(request.sent() + Rival.READ_AHEAD);
      }
    }
    newest().ifPresent(this::provide);
  }

  private Optional<Request> newest() {
    return world.requests().stream()
        .filter(request -> request.waits(world.now()).isPresent() && !request.isFailed())
        .filter(request -> !own.containsKey(request))
        .reduce((_, later) -> later);
  }

  private void provide(Request request) {
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

  private void rob(Map.Entry<Request, Download> victim) {
    victim.getKey().rob();
    victim.getValue().close();
    own.remove(victim.getKey());
  }
}
