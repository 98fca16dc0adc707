package streamcache.bench.sim;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import streamcache.range.ByteRange;

/**
 * The rules of rclone's VFS cache: a reader's hole is assigned to a download of its film that began
 * before it and is at most a window away, otherwise to a new one; a download pauses when it is a
 * window ahead of its readers, and ends after a pause of five seconds. What rclone lacks is added
 * in its favour: it keeps within the limit, cooling connections included, and serves waiting
 * readers first.
 */
final class RcloneLike implements Policy {

  /** The default of rclone's --buffer-size. */
  private static final long WINDOW = 16 << 20;

  private static final double IDLE = 5;

  private final SceneWorld world;
  private final Map<Download, Double> idleSince = new HashMap<>();

  RcloneLike(SceneWorld world) {
    this.world = world;
  }

  @Override
  public void ended(Download download) {
    idleSince.remove(download);
  }

  @Override
  public void step() {
    List<SimulatedRequest> standingFirst =
        world.requests().stream()
            .sorted(Comparator.comparing(request -> request.waits(world.now()).isEmpty()))
            .toList();
    standingFirst.forEach(this::ensure);
    for (Download download : world.downloads()) {
      if (!download.isBound()) {
        idleSince.remove(download);
      } else if (world.now() - idleSince.computeIfAbsent(download, _ -> world.now()) >= IDLE) {
        download.close();
      }
    }
  }

  private void ensure(SimulatedRequest request) {
    long hole = request.copy().present().presentUntil(request.sent());
    boolean stands = request.waits(world.now()).isPresent();
    long ahead = hole - request.sent();
    if (hole >= request.copy().end() || (!stands && ahead >= WINDOW / 2)) {
      return;
    }
    Optional<Download> near =
        world.downloads().stream()
            .filter(download -> download.copy() == request.copy() && !download.isClosing())
            .filter(download -> download.start() <= hole && hole < download.position() + WINDOW)
            .findFirst();
    long bound = request.sent() + WINDOW;
    if (near.isPresent()) {
      near.get().bound(Math.max(bound, near.get().bound()));
    } else if (world.provider().free(world.now()) > 0) {
      ByteRange range = new ByteRange(hole, request.copy().end());
      world.open(request.copy(), range, Rival.READ_OVER).bound(bound);
    }
  }
}
