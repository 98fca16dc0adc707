package streamcache.fill;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import streamcache.fill.AccountState.DemandState;
import streamcache.origin.Failure;
import streamcache.store.Generation;

/**
 * What one playback wants of a title, from its first byte to its last. Used by the playback's
 * thread; its account reads the position and reports trouble.
 */
public final class Demand implements AutoCloseable {

  private final Account account;
  private final Fill fill;
  private final long end;
  private final boolean factsOnly;
  private final Map<String, String> playerHeaders;
  private final boolean joined;

  private final Pace pace;
  private volatile long position;
  private volatile @Nullable Trouble trouble;

  /** Written by the playback's thread alone. */
  private volatile long watched;

  /** Monotonic nanoseconds since when the reader waits; guarded by the account's lock. */
  private long waitsSince;

  /** Guarded by the account's lock. */
  private boolean blocked = true;

  Demand(Account account, Fill fill, Wish wish, boolean joined, long now) {
    this.account = account;
    this.fill = fill;
    this.position = wish.start();
    this.end = wish.end();
    this.factsOnly = wish.factsOnly();
    this.playerHeaders = wish.playerHeaders();
    this.joined = joined;
    this.waitsSince = now;
    this.pace = new Pace(fill.headLook().bitrate(), now);
  }

  /** Whether the title was being fetched already when this demand came. */
  public boolean joined() {
    return joined;
  }

  /** What went wrong for this demand, if anything has. */
  public Optional<Trouble> trouble() {
    return Optional.ofNullable(trouble);
  }

  /**
   * Waits until the title has a generation. Parks.
   *
   * @return empty on {@link #trouble}, when {@code stop} says so after a {@link #wake}, or when the
   *     time is over
   */
  public Optional<Generation> awaitGeneration(Duration most, BooleanSupplier stop)
      throws InterruptedException {
    account.await(
        most, () -> fill.generation().isPresent() || trouble != null || stop.getAsBoolean());
    return fill.generation();
  }

  /**
   * Waits until the line carries this playback beside those that were there before, if it needs the
   * line. Parks.
   *
   * @return false when it did not in time; true as well on {@link #trouble} and when {@code stop}
   *     says so after a {@link #wake}
   */
  public boolean awaitAdmission(Duration most, BooleanSupplier stop) throws InterruptedException {
    return account.await(most, () -> !isHeld() || trouble != null || stop.getAsBoolean());
  }

  /** Whether the line does not carry it; with the account's lock held. */
  boolean isHeld() {
    return !fill.isAdmitted() && isMissing();
  }

  /** The reader has got to {@code position}; costs nothing. */
  public void moveTo(long position) {
    this.position = position;
  }

  /** Bytes are being handed to the player from now on. */
  public void sends() {
    pace.sends(total(), System.nanoTime());
  }

  /** The player has taken {@code bytes}, up to {@code end}. */
  public void sent(long bytes, long end) {
    moveTo(end);
    long before = watched;
    watched = before + bytes;
    pace.sent(bytes, total(), System.nanoTime());
  }

  /** The reader waits at the hole at {@code position} from now on. */
  public void block(long position) {
    moveTo(position);
    account.block(this);
  }

  /** The provider failed; told to the player unless that is one to wait. */
  void failed(Failure failure) {
    if (!rides(failure)) {
      trouble(new Trouble.Failed(failure));
    }
  }

  /**
   * Whether its player, in mid-film, waits until the provider is well again: its own buffer may
   * last, and a film that ends for a moment of weakness is what viewers fear.
   */
  boolean rides(Failure failure) {
    return watched > 0 && failure.isOfProvider();
  }

  /** The reader goes on. */
  public void unblock() {
    account.unblock(this);
  }

  /** Whether it is worth to wait so much longer for the first byte. */
  public boolean isInSight(Duration within) {
    return account.isInSight(this, within);
  }

  /** Why waiting was in vain when there is no {@link #trouble}. */
  public Failure excuse() {
    return account.excuse(this);
  }

  /** Whether a connection that has begun to bring bytes will bring the one at the position. */
  public boolean isServed() {
    return account.isServed(this);
  }

  /**
   * A connection of this demand's own, for a store that takes no bytes. Waits for its turn within
   * the limit of connections.
   *
   * @param onGone takes what is to be done when the player leaves, before the wait for the provider
   * @throws streamcache.origin.OriginException Limit when no turn comes in time, else the
   *     provider's failure
   */
  public Pass pass(Generation generation, Duration most, Consumer<Runnable> onGone)
      throws streamcache.origin.OriginException, InterruptedException {
    return account.pass(this, generation, most, onGone);
  }

  /** Forgets a refusal of the store, so that the demand is met the usual way again. */
  public void resume() {
    trouble = null;
  }

  /** Makes {@link #awaitGeneration} ask its condition again. */
  public void wake() {
    account.wake();
    fill.generation().ifPresent(Generation::wake);
  }

  @Override
  public void close() {
    account.close(this);
  }

  Fill fill() {
    return fill;
  }

  long position() {
    return position;
  }

  long end() {
    return end;
  }

  boolean factsOnly() {
    return factsOnly;
  }

  Map<String, String> playerHeaders() {
    return playerHeaders;
  }

  boolean blocked() {
    return blocked;
  }

  /** Whether its reader stands still until a fill comes. */
  boolean isWaiting() {
    return blocked && trouble == null && !isPresent();
  }

  private boolean isPresent() {
    return fill.generation().filter(known -> known.present().contains(position)).isPresent();
  }

  /** Monotonic nanoseconds; while {@link #isWaiting}. */
  long waitsSince() {
    return waitsSince;
  }

  void blocked(boolean waits, long now) {
    blocked = waits;
    waitsSince = now;
  }

  /** Whether anything of it is still to be fetched. */
  private boolean isMissing() {
    return fill.generation()
        .map(known ->
            known.present().presentUntil(position)
                < Math.min(end, known.total().orElse(Long.MAX_VALUE)))
        .orElse(true);
  }

  /** Bytes a second that it takes of the line for sure, now or later; 0 when it takes none. */
  double claims(long now) {
    boolean isOut = factsOnly || trouble != null || !isMissing();
    return isOut ? 0 : pace.claims(total(), now);
  }

  void trouble(Trouble now) {
    trouble = now;
  }

  /**
   * Until the player has played on to an offset ahead of it; 0 where it waits. What it has in its
   * own buffer does not count: whoever takes all that comes would seem to need nothing.
   */
  double secondsTo(long offset) {
    return (offset - position) / pace.rate(total());
  }

  /** Bytes the player has taken. */
  long watched() {
    return watched;
  }

  DemandState state(long now) {
    OptionalLong total = total();
    return new DemandState(
        position,
        end,
        blocked ? OptionalDouble.of((now - waitsSince) / 1e9) : OptionalDouble.empty(),
        pace.rate(total),
        pace.buffered(total, now),
        factsOnly);
  }

  private OptionalLong total() {
    return fill.generation().map(Generation::total).orElse(OptionalLong.empty());
  }
}
