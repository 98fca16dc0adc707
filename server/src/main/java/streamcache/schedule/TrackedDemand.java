package streamcache.schedule;

import java.util.OptionalDouble;
import streamcache.origin.Failure;
import streamcache.schedule.AccountState.DemandState;

/** One playback's demand as seen by its account's machine. Times are monotonic nanoseconds. */
final class TrackedDemand {

  private final long id;
  private final TrackedTitle title;
  private final ObservedReader reader;
  private final DemandTerms terms;
  private final Effects effects;
  private boolean isBlocked = true;
  private long waitsSince;

  /** Whether it was failed, or told to bypass the store; it is then not served from the store. */
  private boolean isOut;

  TrackedDemand(AccountEvent.DemandCame came, TrackedTitle title, Effects effects, long now) {
    this.id = came.demand();
    this.title = title;
    this.reader = came.reader();
    this.terms = came.terms();
    this.effects = effects;
    this.waitsSince = now;
  }

  long id() {
    return id;
  }

  TrackedTitle title() {
    return title;
  }

  DemandTerms terms() {
    return terms;
  }

  long position() {
    return reader.position();
  }

  long end() {
    return reader.end();
  }

  long watched() {
    return reader.watched();
  }

  boolean isBlocked() {
    return isBlocked;
  }

  boolean isOut() {
    return isOut;
  }

  void blocked(boolean waits, long now) {
    isBlocked = waits;
    waitsSince = now;
  }

  /** Whether its reader waits for bytes that are not stored. */
  boolean isWaiting() {
    return isBlocked && !isOut && !isPresent();
  }

  /** Whether it waits, and nothing of its title is open. */
  boolean isWithoutConnection() {
    return isWaiting() && !title.isBrought();
  }

  private boolean isPresent() {
    return title.stored().isKnown() && title.stored().present().contains(reader.position());
  }

  /** Valid while it {@link #isWaiting}. */
  long waitsSince() {
    return waitsSince;
  }

  void fail(Failure failure) {
    isOut = true;
    effects.add(new Effect.FailDemand(id, failure));
  }

  /** The provider failed. The failure is reported to the player, unless it should keep waiting. */
  void failUnlessItRides(Failure failure) {
    if (!rides(failure)) {
      fail(failure);
    }
  }

  /**
   * Whether its player is in the middle of a title and waits until the provider has recovered. The
   * player's own buffer may last, and a brief failure should not end the playback.
   */
  boolean rides(Failure failure) {
    return reader.watched() > 0 && failure.isOfProvider();
  }

  void passStore() {
    isOut = true;
    effects.add(new Effect.PassStore(id));
  }

  void resume() {
    isOut = false;
  }

  /**
   * Whether its player has stopped taking a broadcast. It then holds no connection: a film would
   * wait for it in the store, but what is broadcast meanwhile is lost to it anyway.
   */
  boolean isPaused(long now) {
    return title.stored().isBroadcast() && reader.isPaused(now);
  }

  /**
   * Whether its player takes a broadcast. It then waits for what follows even while it still has
   * some bytes: otherwise a notice in place of the channel would be asked for again each time that
   * it has been shown.
   */
  boolean isWatching(long now) {
    return title.stored().isBroadcast() && !isOut && !reader.isPaused(now);
  }

  /** Whether any of its bytes still have to be fetched. */
  boolean isMissing() {
    ObservedTitle stored = title.stored();
    return !stored.isKnown()
        || stored.present().presentUntil(reader.position())
            < Math.min(reader.end(), stored.total().orElse(Long.MAX_VALUE));
  }

  /**
   * Bytes per second of bandwidth that it takes for certain, now or later; 0 when it takes none.
   */
  double claims(long now) {
    return terms.factsOnly() || isOut || !isMissing() ? 0 : reader.claims(now);
  }

  /**
   * Seconds until playback reaches {@code offset}; 0 at the reader's position. The player's own
   * buffer does not count: a player that takes everything at once would seem to need nothing.
   */
  double secondsTo(long offset) {
    return (offset - reader.position()) / reader.rate();
  }

  DemandState state(long now) {
    return new DemandState(
        reader.position(),
        reader.end(),
        isBlocked ? OptionalDouble.of((now - waitsSince) / 1e9) : OptionalDouble.empty(),
        reader.rate(),
        reader.buffered(now),
        terms.factsOnly());
  }
}
