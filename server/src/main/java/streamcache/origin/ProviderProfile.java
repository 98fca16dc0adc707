package streamcache.origin;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What was observed of one account of a provider. A pure value; the settings take precedence over
 * it. Nothing in it names a user.
 *
 * @param seen when something was last learned
 * @param refusals statuses with which it refused requests
 * @param ranges whether it supports ranges; empty while unknown
 * @param rangesRefused when it was last found to refuse any request with a Range; the epoch if
 *     never
 * @param validators what its validators are worth
 * @param redirects how it redirects to other hosts
 * @param line latency and bandwidth of the path to it
 * @param rangeRates how fast it sends open and closed ranges
 * @param coolDown how long it goes on counting a closed connection
 * @param limit how many connections it allows
 * @param spent how much was fetched in the background on the latest day
 * @param agent User-Agent of the last request it accepted, blank for this server's own; empty while
 *     unknown
 * @param account the account that it turned out to be, under another host name
 */
public record ProviderProfile(
    Instant seen,
    SortedSet<Integer> refusals,
    Optional<Boolean> ranges,
    Instant rangesRefused,
    Validators validators,
    Redirects redirects,
    Line line,
    RangeRates rangeRates,
    CoolDown coolDown,
    Limit limit,
    Spent spent,
    Optional<String> agent,
    Optional<String> account) {

  /** The profile of an account that was never contacted. */
  public static final ProviderProfile NONE =
      new ProviderProfile(
          Instant.EPOCH,
          new TreeSet<>(),
          Optional.empty(),
          Instant.EPOCH,
          new Validators(/* areArbitrary= */ false, /* defeatRanges= */ false),
          new Redirects(/* isOneTime= */ false, Optional.empty()),
          new Line(0, 0),
          RangeRates.NONE,
          new CoolDown(Duration.ZERO, Instant.EPOCH),
          new Limit(0, Duration.ZERO, Instant.EPOCH, 0),
          new Spent(LocalDate.EPOCH, 0),
          Optional.empty(),
          Optional.empty());

  public ProviderProfile {
    refusals = Collections.unmodifiableSortedSet(new TreeSet<>(refusals));
  }

  /**
   * What its validators (ETag, Last-Modified) are worth.
   *
   * @param areArbitrary whether they differed for the same bytes
   * @param defeatRanges whether a range with an If-Range is answered with the whole file although
   *     the validator matches
   */
  public record Validators(boolean areArbitrary, boolean defeatRanges) {}

  /**
   * How it redirects.
   *
   * @param isOneTime whether each target works only once
   * @param life age at which a target that had worked was refused; empty while unknown
   */
  public record Redirects(boolean isOneTime, Optional<Duration> life) {}

  /**
   * The path to it, as moving averages.
   *
   * @param firstByte seconds to the first byte; 0 while unknown
   * @param rate bytes per second of one connection; 0 while unknown
   */
  public record Line(double firstByte, double rate) {}

  /**
   * @param time the cool-down; zero while none was observed
   * @param learned when it was learned
   */
  public record CoolDown(Duration time, Instant learned) {}

  /**
   * @param connections how many are allowed; 0 unless fewer were observed to be allowed than are
   *     configured
   * @param patience how long to wait before one more is tried
   * @param learned when it was learned
   * @param stated how many the provider's panel says it allows; 0 while unknown
   */
  public record Limit(int connections, Duration patience, Instant learned, int stated) {

    /** A copy with what the panel states. */
    public Limit stating(int most) {
      return new Limit(connections, patience, learned, most);
    }
  }

  /**
   * @param day the date by this machine's clock
   * @param bytes fetched on that day
   */
  public record Spent(LocalDate day, long bytes) {}

  /** A profile in the making, so that a change names only what it changes. */
  private static final class Draft {
    private Instant seen;
    private SortedSet<Integer> refusals;
    private Optional<Boolean> ranges;
    private Instant rangesRefused;
    private Validators validators;
    private Redirects redirects;
    private Line line;
    private RangeRates rangeRates;
    private CoolDown coolDown;
    private Limit limit;
    private Spent spent;
    private Optional<String> agent;
    private Optional<String> account;

    private Draft(ProviderProfile before) {
      seen = before.seen;
      refusals = new TreeSet<>(before.refusals);
      ranges = before.ranges;
      rangesRefused = before.rangesRefused;
      validators = before.validators;
      redirects = before.redirects;
      line = before.line;
      rangeRates = before.rangeRates;
      coolDown = before.coolDown;
      limit = before.limit;
      spent = before.spent;
      agent = before.agent;
      account = before.account;
    }

    private ProviderProfile profile() {
      return new ProviderProfile(
          seen,
          refusals,
          ranges,
          rangesRefused,
          validators,
          redirects,
          line,
          rangeRates,
          coolDown,
          limit,
          spent,
          agent,
          account);
    }
  }

  private ProviderProfile with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.profile();
  }

  ProviderProfile seen(Instant now) {
    return with(draft -> draft.seen = now);
  }

  ProviderProfile refusing(int status) {
    return with(draft -> draft.refusals.add(status));
  }

  ProviderProfile giving(boolean rangesWork) {
    return with(draft -> {
      draft.ranges = Optional.of(rangesWork);
      draft.rangesRefused = rangesWork ? Instant.EPOCH : rangesRefused;
    });
  }

  /** A copy that refuses any request with a Range. */
  public ProviderProfile refusingRanges(Instant now) {
    return with(draft -> {
      draft.ranges = Optional.of(false);
      draft.rangesRefused = now;
    });
  }

  /** A copy that no longer refuses requests with a Range; what they return is not known. */
  public ProviderProfile acceptingRanges() {
    return with(draft -> draft.rangesRefused = Instant.EPOCH);
  }

  /** A copy with the given worth of its validators. */
  public ProviderProfile identifying(Validators now) {
    return with(draft -> draft.validators = now);
  }

  ProviderProfile redirecting(Redirects how) {
    return with(draft -> draft.redirects = how);
  }

  /** A copy with the given path to the provider. */
  public ProviderProfile over(Line now) {
    return with(draft -> draft.line = now);
  }

  /** A copy with the given rates of ranges. */
  public ProviderProfile rating(RangeRates now) {
    return with(draft -> draft.rangeRates = now);
  }

  /** A copy with the given cool-down. */
  public ProviderProfile counting(CoolDown now) {
    return with(draft -> draft.coolDown = now);
  }

  /** A copy with the given connection limit. */
  public ProviderProfile allowing(Limit now) {
    return with(draft -> draft.limit = now);
  }

  /** A copy with the given User-Agent as the accepted one. */
  public ProviderProfile accepting(String now) {
    return with(draft -> draft.agent = Optional.of(now));
  }

  ProviderProfile belongingTo(String other) {
    return with(draft -> draft.account = Optional.of(other));
  }

  /** A copy with {@code bytes} more fetched in the background on {@code day}. */
  public ProviderProfile spending(LocalDate day, long bytes) {
    long before = spent.day().equals(day) ? spent.bytes() : 0;
    return with(draft -> draft.spent = new Spent(day, before + bytes));
  }
}
