package streamcache.bench.explore;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import streamcache.origin.Failure;

/** Counts connections as a {@link ProviderTraits} does, and decides the outcome of each attempt. */
final class ExploredProvider {

  /** Seconds after which a silent response is abandoned, as {@code FIRST_BYTE_WITHIN}. */
  static final double SILENT = 30;

  /** A refusal arrives sooner than a film's first byte. */
  private static final double REFUSAL_AFTER = 0.1;

  /**
   * Seconds to a first byte that the provider itself has to wait for: at least, and in addition.
   */
  private static final double SLOW = 8;

  private static final double SLOWER = 12;

  /** Statuses that mean that the provider is not ready, with Retry-After if there may be one. */
  private static final int[] NOT_READY = {202, 425, 503, 408, 500, 520, 530};

  /**
   * The outcome of an attempt.
   *
   * @param at when the outcome becomes visible, seconds
   * @param failure instead of bytes
   * @param isOneTooMany whether the attempt failed because of the number of connections, and not
   *     only because of one that is used elsewhere
   * @param isOther whether the bytes are of another file than those before
   */
  record Answer(double at, Optional<Failure> failure, boolean isOneTooMany, boolean isOther) {}

  private final Random random;
  private final Deque<Double> countedUntil = new ArrayDeque<>();
  private final List<Fetching> open = new ArrayList<>();
  private ProviderTraits panel;
  private int pages;

  ExploredProvider(ProviderTraits panel, Random random) {
    this.panel = panel;
    this.random = random;
  }

  ProviderTraits panel() {
    return panel;
  }

  /** The provider has no faults from now on. */
  void recovers() {
    panel = panel.well();
  }

  /**
   * A connection arrives.
   *
   * @return the outcome; connections that the provider ends in favour of this one are cut
   */
  Answer opens(Fetching fetching, double now) {
    countedUntil.removeIf(until -> until <= now);
    ProviderQuirks quirks = panel.quirks();
    int ours = open.size() + pages + countedUntil.size();
    boolean isOneTooMany = ours >= panel.connections();
    if (!isOneTooMany && quirks.isUsedElsewhere(now) && ours + 1 >= panel.connections()) {
      return new Answer(now + REFUSAL_AFTER, Optional.of(refusal(panel.refusal())), false, false);
    }
    if (isOneTooMany && panel.killsOlder() && !open.isEmpty()) {
      open.removeFirst().cut();
    } else if (isOneTooMany) {
      return new Answer(now + REFUSAL_AFTER, Optional.of(refusal(panel.refusal())), true, false);
    }
    if (fetching.sendsRange() && panel.rangeRefusal() != 0) {
      return new Answer(
          now + REFUSAL_AFTER, Optional.of(refusal(panel.rangeRefusal())), false, false);
    }
    if (random.nextDouble() < panel.busyShare()) {
      Failure busy = quirks.busyFor() > 0 ? notReady(quirks.busyFor()) : refusal(503);
      return new Answer(now + REFUSAL_AFTER, Optional.of(busy), false, false);
    }
    open.add(fetching);
    if (random.nextDouble() < panel.silentShare()) {
      return new Answer(now + SILENT, Optional.of(silence()), false, false);
    }
    boolean isOther = random.nextDouble() < panel.differsShare();
    double varied = panel.firstByte() * (0.8 + 0.4 * random.nextDouble());
    if (quirks.slowShare() > 0 && random.nextDouble() < quirks.slowShare()) {
      varied = SLOW + SLOWER * random.nextDouble();
    }
    return new Answer(now + varied, Optional.empty(), false, isOther);
  }

  /**
   * A page is requested, which counts as a connection does; returns false if it is refused. A
   * provider that ends a connection in favour of it cuts that.
   */
  boolean takesPage(double now) {
    countedUntil.removeIf(until -> until <= now);
    boolean isOneTooMany = open.size() + pages + countedUntil.size() >= panel.connections();
    if (isOneTooMany && !(panel.killsOlder() && !open.isEmpty())) {
      return false;
    }
    if (isOneTooMany) {
      open.removeFirst().cut();
    }
    pages++;
    return true;
  }

  /** A page that was not refused is over. */
  void pageEnded(double now) {
    pages--;
    countedUntil.add(now + 0.05 + panel.linger() + panel.quirks().lingersLonger());
  }

  /** A connection is over. */
  void closed(Fetching fetching, double now) {
    if (open.remove(fetching)) {
      countedUntil.add(now + 0.05 + panel.linger() + panel.quirks().lingersLonger());
    }
  }

  private Failure notReady(double seconds) {
    int status = NOT_READY[random.nextInt(NOT_READY.length)];
    OptionalInt said = OptionalInt.of(status);
    return switch (status) {
      case 202, 425, 503 ->
          new Failure.Busy(
              said, "not ready", Optional.of(Duration.ofMillis((long) (seconds * 1e3))));
      default -> new Failure.Broken(said, "status " + status);
    };
  }

  private static Failure silence() {
    return new Failure.Slow(OptionalInt.empty(), "silent");
  }

  private static Failure refusal(int status) {
    OptionalInt said = OptionalInt.of(status);
    Optional<Duration> never = Optional.empty();
    return switch (status) {
      case 403 -> new Failure.Denied(said, "refused");
      case 404 -> new Failure.Gone(said, "no such file");
      case 503 -> new Failure.Busy(said, "busy", never);
      case 400, 416, 500, 501 -> new Failure.Broken(said, "a range");
      case 200 -> new Failure.Fake(said, "a page");
      default -> new Failure.Limit(said, "too many", never);
    };
  }
}
