package streamcache.origin;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What one account of a provider was seen to do. A pure value; what is set in the settings goes
 * before it. Nothing in it names a user.
 *
 * @param seen when anything was learned last
 * @param refusals statuses it refused with
 * @param ranges whether it gives ranges; empty while unknown
 * @param redirects how it hands over to other hosts
 * @param line how far and wide the way to it is
 * @param coolDown how long it counts a closed connection
 * @param limit how many connections it allows
 * @param spent what was fetched in the background lately
 */
public record Habits(
    Instant seen,
    SortedSet<Integer> refusals,
    Optional<Boolean> ranges,
    Redirects redirects,
    Line line,
    CoolDown coolDown,
    Limit limit,
    Spent spent) {

  /** Of an account that was never asked. */
  public static final Habits NONE =
      new Habits(
          Instant.EPOCH,
          new TreeSet<>(),
          Optional.empty(),
          new Redirects(/* isOneTime= */ false, Optional.empty()),
          new Line(0, 0),
          new CoolDown(Duration.ZERO, Instant.EPOCH),
          new Limit(0, Duration.ZERO, Instant.EPOCH),
          new Spent(LocalDate.EPOCH, 0));

  public Habits {
    refusals = Collections.unmodifiableSortedSet(new TreeSet<>(refusals));
  }

  /**
   * Where it redirects to.
   *
   * @param isOneTime whether each address works once
   * @param life after which an address that had worked was refused; empty while unknown
   */
  public record Redirects(boolean isOneTime, Optional<Duration> life) {}

  /**
   * The way to it, as moving averages.
   *
   * @param firstByte seconds to the first byte; 0 while unknown
   * @param rate bytes a second of one connection; 0 while unknown
   */
  public record Line(double firstByte, double rate) {}

  /**
   * @param time zero while none was seen
   * @param learned when
   */
  public record CoolDown(Duration time, Instant learned) {}

  /**
   * @param connections 0 while no fewer were seen to be allowed than are set
   * @param patience until one more is tried
   * @param learned when
   */
  public record Limit(int connections, Duration patience, Instant learned) {}

  /**
   * @param day by the clock of this machine
   * @param bytes of it
   */
  public record Spent(LocalDate day, long bytes) {}

  Habits seen(Instant now) {
    return new Habits(now, refusals, ranges, redirects, line, coolDown, limit, spent);
  }

  Habits refusing(int status) {
    SortedSet<Integer> more = new TreeSet<>(refusals);
    more.add(status);
    return new Habits(seen, more, ranges, redirects, line, coolDown, limit, spent);
  }

  Habits giving(boolean rangesWork) {
    return new Habits(
        seen, refusals, Optional.of(rangesWork), redirects, line, coolDown, limit, spent);
  }

  Habits redirecting(Redirects how) {
    return new Habits(seen, refusals, ranges, how, line, coolDown, limit, spent);
  }

  /** With the way to it as it is now. */
  public Habits over(Line now) {
    return new Habits(seen, refusals, ranges, redirects, now, coolDown, limit, spent);
  }

  /** With what is known of its count of closed connections. */
  public Habits counting(CoolDown now) {
    return new Habits(seen, refusals, ranges, redirects, line, now, limit, spent);
  }

  /** With what is known of how many connections it allows. */
  public Habits allowing(Limit now) {
    return new Habits(seen, refusals, ranges, redirects, line, coolDown, now, spent);
  }

  /** With more fetched in the background on a day. */
  public Habits spending(LocalDate day, long bytes) {
    long before = spent.day().equals(day) ? spent.bytes() : 0;
    Spent more = new Spent(day, before + bytes);
    return new Habits(seen, refusals, ranges, redirects, line, coolDown, limit, more);
  }
}
