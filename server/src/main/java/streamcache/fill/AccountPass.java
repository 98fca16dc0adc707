package streamcache.fill;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import streamcache.origin.Call;
import streamcache.origin.Failure;
import streamcache.origin.Fetch;
import streamcache.origin.OriginException;
import streamcache.origin.Upstream;
import streamcache.schedule.RequestTerms;
import streamcache.schedule.ValidatorUse;
import streamcache.store.Generation;

/**
 * A pass as seen by its account. Closed by the playback's thread, or by its account when another
 * playback needs its slot.
 */
final class AccountPass implements Pass {

  /**
   * A player that takes nothing for this long has enough buffered to survive a change of
   * connections.
   */
  private static final Duration IDLE = Duration.ofSeconds(1);

  private final Driver driver;
  private final Consumer<AccountPass> onEnd;
  private final PassTurn turn;
  private final Fetch fetch;
  private final long start;
  private final ValidatorUse validators;
  private final PassCheck check;
  private final Call call = new Call();
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile long position;
  private volatile boolean aborted;

  /**
   * When the player was given what was read last, in monotonic nanoseconds; 0 while more is being
   * read.
   */
  private volatile long handedOverAt;

  private volatile @Nullable Upstream upstream;

  /** The beginning of the response, if that was read to be compared; empty once it is given. */
  private ByteBuffer compared = ByteBuffer.allocate(0);

  private boolean isDisputed;

  /**
   * @param onEnd frees its slot
   * @param start where the player needs it; the fetch may begin earlier, to compare
   * @param terms those of the fetch
   * @param check compares its bytes
   */
  AccountPass(
      Driver driver,
      Consumer<AccountPass> onEnd,
      PassTurn turn,
      Fetch fetch,
      long start,
      RequestTerms terms,
      PassCheck check) {
    this.driver = driver;
    this.onEnd = onEnd;
    this.turn = turn;
    this.fetch = fetch;
    this.start = start;
    this.validators = terms.validators();
    this.check = check;
    this.position = fetch.start();
  }

  /**
   * Sends the request to the provider; blocks.
   *
   * @return whether its bytes were found to be those of the stored file although the validators
   *     differ
   * @throws OriginException with the provider's failure, or Changed when its response does not
   *     belong to the generation, or does not show whether it does ({@link #isDisputed})
   */
  boolean open(Source source) throws OriginException {
    Upstream answer = source.open(fetch, call);
    upstream = answer;
    position = answer.start();
    // Bytes whose place nothing shows are not compared here: they are refused.
    if (!answer.facts().isPlaced()) {
      throw new OriginException(Adoption.UNPLACED);
    }
    Generation generation = check.generation();
    Optional<String> objection = SpliceGuard.objection(generation, answer.facts(), validators);
    if (objection.isEmpty() && SpliceGuard.isSilent(generation, answer.facts(), validators)) {
      objection = Optional.of("nothing shows that it is the same file");
    }
    if (objection.isPresent()) {
      throw new OriginException(new Failure.Changed(OptionalInt.empty(), objection.get()));
    }
    if (validators == ValidatorUse.DISPUTED) {
      PassCheck.Finding finding = check.compare(answer);
      compared = finding.bytes();
      return finding.isRefuted();
    }
    if (validators == ValidatorUse.IGNORED && fetch.start() < start) {
      compared = check.compareOverlap(answer);
    }
    if (SpliceGuard.isDisputed(generation, answer.facts(), validators)) {
      check.giveUp(answer);
      isDisputed = true;
      throw new OriginException(new Failure.Changed(OptionalInt.empty(), "the validator differs"));
    }
    return false;
  }

  /** Whether the response was given up so that the next one is compared. */
  boolean isDisputed() {
    return isDisputed;
  }

  /** Where the player needs it. */
  long start() {
    return start;
  }

  /** How many bytes from there on were read. */
  long received() {
    return Math.max(0, position - start);
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public int read(ByteBuffer buffer) throws OriginException {
    handedOverAt = 0;
    Upstream open = Objects.requireNonNull(upstream, "used before it was open");
    int portion = driver.throttle().portion(buffer.remaining(), /* isFill= */ false);
    int from = buffer.position();
    buffer.limit(from + portion);
    int count = compared.hasRemaining() ? moved(compared, buffer) : open.read(buffer);
    driver.throttle().pace(Math.max(0, count), () -> false, () -> aborted || ended.get());
    long next = position + Math.max(0, count);
    long given = Math.max(position, start);
    if (next > given) {
      ByteBuffer bytes = buffer.duplicate().flip();
      check.memory().gave(given, bytes.position(from + (int) (given - position)));
    }
    position = next;
    handedOverAt = driver.now();
    return count;
  }

  private static int moved(ByteBuffer from, ByteBuffer to) {
    int count = Math.min(from.remaining(), to.remaining());
    to.put(to.position(), from, from.position(), count);
    to.position(to.position() + count);
    from.position(from.position() + count);
    return count;
  }

  /** Cuts the pass because the player has left. Any thread, also while it is being opened. */
  void abort() {
    aborted = true;
    cut();
  }

  /**
   * Whether the player has not taken what was last read for a while: it is paused, or has enough.
   */
  boolean isIdle(long now) {
    long since = handedOverAt;
    return since != 0 && now - since >= IDLE.toNanos();
  }

  boolean isAborted() {
    return aborted;
  }

  /** Cuts the pass; the caller must give back its slot. */
  void cut() {
    driver.throttle().wake();
    call.cancel();
    Upstream open = upstream;
    if (open != null) {
      open.close();
    }
  }

  /** Ends the pass and gives back its slot; any further {@link #read} fails. Any thread. */
  @Override
  public void close() {
    cut();
    if (ended.compareAndSet(false, true)) {
      onEnd.accept(this);
    }
  }

  PassTurn turn() {
    return turn;
  }
}
