package streamcache.bench.explore;

import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import streamcache.range.ByteRange;
import streamcache.schedule.ObservedTransfer;

/** One connection to the provider, for a title or for one player that bypasses the store. */
final class Fetching implements ObservedTransfer {

  /**
   * As in a connection of the product: before this time a rate says more about buffers than about
   * bandwidth.
   */
  private static final double RATE_AFTER = 0.3;

  private final long number;
  private final Stored film;
  private final ByteRange range;
  private final BooleanSupplier hasRanges;
  private final ExploredProvider.Answer answer;
  private final double openedAt;
  private long position;
  private long limit;
  private long received;
  private long stored;
  private double firstByteAt = -1;
  private boolean isClosing;
  private boolean isCut;
  private boolean isWhole;
  private boolean isNoProgress;

  /**
   * @param hasRanges whether ranges can be requested, as far as the account knows
   */
  Fetching(
      long number,
      Stored film,
      ByteRange range,
      BooleanSupplier hasRanges,
      ExploredProvider provider,
      double now) {
    this.hasRanges = hasRanges;
    this.number = number;
    this.film = film;
    this.range = range;
    this.position = range.start();
    this.limit = range.end();
    this.openedAt = now;
    this.answer = provider.opens(this, now);
  }

  long number() {
    return number;
  }

  Stored film() {
    return film;
  }

  long start() {
    return range.start();
  }

  /**
   * Whether the connection may end early, because the rest can be requested separately, once there
   * is nothing left to fetch here.
   */
  boolean mayEndEarly() {
    return hasRanges.getAsBoolean();
  }

  ExploredProvider.Answer answer() {
    return answer;
  }

  double openedAt() {
    return openedAt;
  }

  boolean hasAnswered() {
    return firstByteAt >= 0;
  }

  /** The first bytes arrive, starting at the given offset. */
  void begins(long from, double now) {
    position = from;
    firstByteAt = now;
  }

  /** The response is the file from its start. */
  void isWhole(boolean toTheEnd) {
    isWhole = true;
    limit = toTheEnd ? Long.MAX_VALUE : limit;
  }

  boolean wasWhole() {
    return isWhole;
  }

  /** Its bytes replace what was stored, so they do not count as progress. */
  void isNoProgress() {
    isNoProgress = true;
  }

  boolean hasProgress() {
    return stored > 0 && !isNoProgress;
  }

  void brings(long bytes, long fresh) {
    position += bytes;
    received += bytes;
    stored += fresh;
  }

  long received() {
    return received;
  }

  long stored() {
    return stored;
  }

  long limit() {
    return limit;
  }

  void limit(long end) {
    limit = Math.min(limit, end);
  }

  void close() {
    isClosing = true;
  }

  boolean isClosing() {
    return isClosing;
  }

  /** The provider closes this connection in favour of another. */
  void cut() {
    isCut = true;
  }

  boolean isCut() {
    return isCut;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public double rate(long now) {
    double ran = ran(now).orElse(0);
    return ran < RATE_AFTER ? 0 : received / ran;
  }

  @Override
  public double bandwidth(long now) {
    return rate(now);
  }

  @Override
  public OptionalDouble ran(long now) {
    return hasAnswered() ? OptionalDouble.of(now / 1e9 - firstByteAt) : OptionalDouble.empty();
  }

  @Override
  public boolean isAccepted() {
    return true;
  }
}
