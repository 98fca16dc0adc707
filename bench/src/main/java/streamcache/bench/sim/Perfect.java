package streamcache.bench.sim;

import java.util.List;
import java.util.OptionalDouble;
import streamcache.fill.AccountState;
import streamcache.fill.AccountState.ConnectionState;
import streamcache.fill.AccountState.DemandState;
import streamcache.fill.AccountState.LineState;
import streamcache.fill.AccountState.TitleState;

/** The truth, to tell what the estimators' errors cost. */
final class Perfect implements Knowledge {

  private final World world;

  Perfect(World world) {
    this.world = world;
  }

  @Override
  public void opened() {}

  @Override
  public void answered(Download download) {}

  @Override
  public OptionalDouble ended(Download download) {
    return OptionalDouble.of(world.provider().freeAfter(world.now()));
  }

  @Override
  public void tick() {}

  /** It is never refused. */
  @Override
  public boolean isPaused(Copy copy) {
    return false;
  }

  @Override
  public AccountState state(List<TitleState> titles) {
    Terms terms = world.provider().terms();
    double now = world.now();
    boolean settling =
        world.provider().cooling(now) > 0
            || world.downloads().stream().anyMatch(Download::isClosing);
    return new AccountState(
        new LineState(terms.firstByte(), terms.rate(), terms.coolDown()),
        terms.connections(),
        world.provider().free(now),
        settling,
        titles);
  }

  @Override
  public DemandState state(Request request) {
    return new DemandState(
        request.sent(),
        /* end= */ Long.MAX_VALUE,
        request.waits(world.now()),
        Terms.BITRATE,
        request.client().ahead(),
        /* factsOnly= */ false);
  }

  @Override
  public double claims(Request request) {
    return request.isMissing() ? Terms.BITRATE : 0;
  }

  @Override
  public ConnectionState state(Download download) {
    return new ConnectionState(
        download.id(),
        download.position(),
        download.limit(),
        world.provider().terms().rate(),
        download.ran(world.now()),
        download.isClosing());
  }
}
