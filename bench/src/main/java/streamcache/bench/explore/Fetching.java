package streamcache.bench.explore;

import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import streamcache.range.ByteRange;
import streamcache.schedule.ObservedTransfer;
import streamcache.schedule.RequestTerms;
import streamcache.schedule.ValidatorUse;

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
  private final boolean sendsRange;
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

  /** Null where no stored file is continued. */
  private @Nullable RequestTerms terms;

  private long overlap;
  private double answersAt;
  private boolean isSampled;

  /**
   * @param hasRanges whether ranges can be requested, as far as the account knows
   * @param sendsRange whether the request carries a Range
   */
  Fetching(
      long number,
      Stored film,
      ByteRange range,
      BooleanSupplier hasRanges,
      boolean sendsRange,
      ExploredProvider provider,
      double now) {
    this.hasRanges = hasRanges;
    this.sendsRange = sendsRange;
    this.number = number;
    this.film = film;
    this.range = range;
    this.position = range.start();
    this.limit = range.end();
    this.openedAt = now;
    this.answer = provider.opens(this, now);
    this.answersAt = answer.at();
  }

  /**
   * As the account wants it requested.
   *
   * @param compared stored bytes before its range that it fetches again
   */
  Fetching under(RequestTerms now, long compared) {
    terms = now;
    overlap = compared;
    return this;
  }

  /** Where the response to its own range begins: at stored bytes, if they are to be compared. */
  long begin() {
    boolean isCompared =
        continues()
            && !validators().vouches()
            && overlap > 0
            && start() >= overlap
            && film.present().covers(before());
    return isCompared ? start() - overlap : start();
  }

  private ByteRange before() {
    return new ByteRange(start() - overlap, start());
  }

  /** What the validators of its response are taken to show. */
  ValidatorUse validators() {
    return terms == null ? ValidatorUse.IGNORED : terms.validators();
  }

  /** The User-Agent of the request; blank for this server's own. */
  String agent() {
    return terms == null ? "" : terms.agent();
  }

  /** Whether the stored file is to be continued. */
  boolean continues() {
    return terms != null && terms.continues();
  }

  boolean sendsIfRange() {
    return terms != null && terms.sendsIfRange();
  }

  /** Whether stored bytes are fetched again and compared before its own range is requested. */
  boolean samplesFirst() {
    return validators() == ValidatorUse.DISPUTED && continues() && !isSampled;
  }

  /** The stored bytes were compared; its own range is requested, which takes as long again. */
  void hasSampled(double now) {
    isSampled = true;
    answersAt = now + (answersAt - openedAt);
  }

  /** When the response to its current request begins, seconds. */
  double answersAt() {
    return answersAt;
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

  /** Whether its request carries a Range. */
  boolean sendsRange() {
    return sendsRange;
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
