package streamcache.fill;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import streamcache.live.Broadcast;
import streamcache.origin.Failure;
import streamcache.origin.OriginException;
import streamcache.store.Generation;

/**
 * What one playback wants of a title, from its first byte to its last. Used by the playback's
 * thread, which closes it.
 */
public interface Demand extends AutoCloseable {

  /** Whether the title was already being fetched when this demand was made. */
  boolean joined();

  /** What went wrong for this demand, if anything has. */
  Optional<DemandTrouble> trouble();

  /**
   * Waits until the title has a generation. Parks.
   *
   * @return empty if the title is a {@link #broadcast}, on {@link #trouble}, when {@code stop}
   *     returns true after a {@link #wake}, or when the time has passed
   */
  Optional<Generation> awaitGeneration(Duration most, BooleanSupplier stop)
      throws InterruptedException;

  /** What is received of the title if it is a broadcast, of which no generation exists. */
  Optional<Broadcast> broadcast();

  /**
   * Waits until the bandwidth suffices for this playback in addition to earlier ones, if it needs
   * any. Parks.
   *
   * @return false when it did not suffice in time; true also on {@link #trouble} and when {@code
   *     stop} returns true after a {@link #wake}
   */
  boolean awaitAdmission(Duration most, BooleanSupplier stop) throws InterruptedException;

  /** The reader has reached {@code position}; costs nothing. */
  void moveTo(long position);

  /** The reader continues with another range; the previous one is no longer wanted. */
  void moveTo(long start, long behind);

  /** Bytes are being handed to the player from now on. */
  void sends();

  /** The player has taken {@code bytes}, up to {@code end}. */
  void sent(long bytes, long end);

  /** The reader waits at the hole at {@code position} from now on. */
  void block(long position);

  /** The reader continues. */
  void unblock();

  /** Whether it is worth waiting {@code within} longer for the first byte. */
  boolean isInSight(Duration within);

  /**
   * Whether the provider has accepted the connection that is to deliver the first byte, but has not
   * sent one yet. Takes the account's lock.
   */
  boolean isProviderSilent();

  /** Why a wait has failed when there is no {@link #trouble}. */
  Failure excuse();

  /** Whether a connection that already delivers bytes will deliver the one at the position. */
  boolean isServed();

  /**
   * Opens a connection of this demand's own, for a store that accepts no bytes. Waits for its turn
   * within the limit of connections.
   *
   * @param onGone receives the action to run when the player leaves, before the wait for the
   *     provider
   * @throws OriginException with the reason when no turn comes in time, else with the provider's
   *     failure
   */
  Pass pass(Generation generation, Duration most, Consumer<Runnable> onGone)
      throws OriginException, InterruptedException;

  /** Forgets a refusal by the store, so that the demand is served from the store again. */
  void resume();

  /** Makes {@link #awaitGeneration} evaluate its condition again. */
  void wake();

  @Override
  void close();
}
