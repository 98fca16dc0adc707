package streamcache.bench.explore;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import streamcache.origin.Failure;
import streamcache.range.ByteRange;
import streamcache.schedule.AccountEvent;
import streamcache.settings.PlayerWaits;

/** The connections that bypass the store. */
final class Pasts {

  /** Seconds for which a player is served past the store before the store is tried again. */
  private static final double PAST = 10;

  private static final double PLACE_WITHIN = PlayerWaits.USUAL.place().toMillis() / 1e3;

  private final AccountWorld world;
  private final Map<Long, Past> pasts = new LinkedHashMap<>();

  Pasts(AccountWorld world) {
    this.world = world;
  }

  /** Advances by one step of time. */
  void step() {
    List.copyOf(pasts.values()).forEach(this::brings);
  }

  /** The process is killed. */
  void killed() {
    pasts.values().stream().map(Past::fetching).filter(Objects::nonNull).forEach(this::closed);
    pasts.clear();
  }

  /** The pass has failed and is requested again after the given seconds. */
  void rests(long number, double seconds) {
    Past past = pasts.get(number);
    if (past != null) {
      past.rests(world.now() + seconds);
    }
  }

  /** The pass is abandoned. */
  void fails(long number) {
    Past past = pasts.remove(number);
    if (past != null) {
      past.viewer().fails(past.demand());
      past.viewer().resumes();
      world.on(new AccountEvent.PassEnded(number));
    }
  }

  /** The pass gives up its slot to another connection. */
  void ends(long number) {
    Past past = pasts.get(number);
    if (past != null) {
      ends(past);
    }
  }

  private void brings(Past past) {
    if (!past.viewer().isPassing(past.demand())) {
      ends(past);
      return;
    }
    if (past.isDue(world.now())) {
      world.on(new AccountEvent.PassWanted(past.number(), past.demand(), past));
    }
    @Nullable Fetching fetching = past.fetching();
    if (fetching == null || world.now() < fetching.answer().at()) {
      return;
    }
    if (fetching.answer().failure().isPresent() || fetching.isCut()) {
      Failure failure = fetching.answer().failure().orElse(Fetchings.BROKEN);
      past.isOver();
      closed(fetching);
      boolean isLate = world.now() - past.since() > PLACE_WITHIN;
      if (fetching.hasAnswered()) {
        ends(past);
      } else {
        world.on(new AccountEvent.PassFailed(past.number(), failure, isLate));
      }
      return;
    }
    if (!fetching.hasAnswered()) {
      fetching.begins(past.viewer().position(), world.now());
      world.on(new AccountEvent.PassAccepted(past.number()));
    }
    long count = past.viewer().takesPast((long) (world.provider().panel().rate() * History.STEP));
    past.took(count, world.now());
    if (world.now() - fetching.answer().at() > PAST
        || past.viewer().position() >= fetching.film().length()) {
      ends(past);
    }
  }

  private void ends(Past past) {
    if (pasts.remove(past.number()) == null) {
      return;
    }
    @Nullable Fetching fetching = past.fetching();
    if (fetching != null) {
      closed(fetching);
    }
    world.on(new AccountEvent.PassEnded(past.number()));
    if (past.viewer().isPassing(past.demand())) {
      past.viewer().resumes();
      if (!past.viewer().isMissingBytes()) {
        world.on(new AccountEvent.DemandUnblocked(past.demand()));
      }
      world.on(new AccountEvent.DemandResumed(past.demand()));
      if (past.viewer().isMissingBytes()) {
        world.on(new AccountEvent.DemandBlocked(past.demand()));
      }
    }
  }

  private void closed(Fetching fetching) {
    world.provider().closed(fetching, world.now());
    world.givesSlot();
  }

  void passes(ExploredViewer viewer, long demand) {
    world.mark(Mark.PAST_THE_STORE);
    Past past = new Past(world.number(), demand, viewer, world.now());
    pasts.put(past.number(), past);
    world.on(new AccountEvent.PassWanted(past.number(), demand, past));
  }

  void opens(long number, boolean sendsRange) {
    Past past = pasts.get(number);
    if (past != null && !world.takesSlot(/* isAwaited= */ true)) {
      world.on(new AccountEvent.PassWithoutSlot(number));
      fails(number);
    } else if (past != null) {
      ExploredViewer viewer = past.viewer();
      ByteRange all = new ByteRange(viewer.position(), Long.MAX_VALUE);
      past.opens(
          new Fetching(
              number, viewer.film(), all, () -> true, sendsRange, world.provider(), world.now()));
    }
  }
}
