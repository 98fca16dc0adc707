package streamcache.schedule;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import streamcache.range.ByteRange;
import streamcache.schedule.AccountState.ConnectionState;

/** One connection as seen by its account's machine, from its opening to its end. */
final class TrackedConnection {

  private final long id;
  private final TrackedTitle title;
  private final ByteRange range;
  private final RequestTerms terms;
  private final Effects effects;
  private long limit;
  private boolean isClosing;
  private boolean hasAnswered;
  private boolean isFill;
  private boolean isWhole;
  private boolean isCopy;

  /** Null until the connection has been made. */
  private @Nullable ObservedTransfer transfer;

  /** The offset up to which {@link #mark} has counted. */
  private long marked;

  TrackedConnection(
      long id, TrackedTitle title, ByteRange range, RequestTerms terms, Effects effects) {
    this.id = id;
    this.title = title;
    this.range = range;
    this.terms = terms;
    this.effects = effects;
    this.limit = range.end();
    this.marked = range.start();
  }

  void made(ObservedTransfer as) {
    transfer = as;
    marked = as.position();
  }

  long id() {
    return id;
  }

  TrackedTitle title() {
    return title;
  }

  RequestTerms terms() {
    return terms;
  }

  /** The start of the range that it was opened for. */
  long start() {
    return range.start();
  }

  long position() {
    ObservedTransfer known = transfer;
    return known == null ? range.start() : known.position();
  }

  long limit() {
    return limit;
  }

  boolean isClosing() {
    return isClosing;
  }

  boolean hasAnswered() {
    return hasAnswered;
  }

  void answered() {
    hasAnswered = true;
  }

  /** The response is the whole file, whatever was requested. */
  void isWhole() {
    isWhole = true;
  }

  /** It takes bytes that another node has stored: the provider does not see it. */
  void copies() {
    isCopy = true;
  }

  boolean isCopy() {
    return isCopy;
  }

  /** Whether the provider delivers bytes on it. */
  boolean isOfProvider() {
    return hasAnswered && !isCopy;
  }

  /** Whether a range from the middle of the file was requested without If-Range, and is given. */
  boolean isUnconditionalRange() {
    boolean isUnconditional = terms.sendsRange() && !terms.sendsIfRange();
    return range.start() > 0 && terms.continues() && isUnconditional && !isWhole;
  }

  /** The connection delivers the whole file, whatever was requested. */
  void unlimited() {
    limit = Long.MAX_VALUE;
  }

  /** Another connection delivers the bytes from {@code offset} on. */
  void limit(long offset) {
    if (offset < limit) {
      limit = offset;
      effects.add(new Effect.Limit(id, offset));
    }
  }

  void close() {
    if (!isClosing) {
      isClosing = true;
      effects.add(new Effect.Close(id));
    }
  }

  /**
   * Records whether nobody needs its bytes soon.
   *
   * @return bytes that the provider has sent since the last call, if nobody needed them
   */
  long mark(boolean nobody) {
    long bytes = position() - marked;
    boolean before = isFill;
    marked += bytes;
    if (before != nobody) {
      isFill = nobody;
      effects.add(new Effect.Mark(id, nobody));
    }
    return before && !isCopy ? Math.max(0, bytes) : 0;
  }

  /** The same at its end. */
  long mark() {
    return mark(isFill);
  }

  /**
   * Whether its provider has accepted it and has not yet sent a byte. True until the machine knows
   * of the first byte; otherwise a player whose time is up could find it neither silent nor
   * delivering.
   */
  boolean isSilent() {
    return transfer != null && transfer.isAccepted() && !hasAnswered && !isClosing;
  }

  /** Whether it will finish within {@code seconds} at its current rate. */
  boolean isOverWithin(double seconds, long now) {
    long total = title.stored().total().orElse(Long.MAX_VALUE);
    return hasAnswered && Math.min(limit, total) - position() <= rate(now) * seconds;
  }

  ConnectionState state(long now) {
    ObservedTransfer known = transfer;
    return new ConnectionState(
        id,
        position(),
        limit,
        rate(now),
        known == null ? OptionalDouble.empty() : known.ran(now),
        isClosing);
  }

  /** The bandwidth that it indicates, in bytes per second; 0 while or where it indicates none. */
  double bandwidth(long now) {
    return transfer == null ? 0 : transfer.bandwidth(now);
  }

  private double rate(long now) {
    return transfer == null ? 0 : transfer.rate(now);
  }
}
