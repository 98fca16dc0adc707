package streamcache.metrics;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.link.TitleKey;
import streamcache.playback.PlaybackRecord;

/**
 * Gathers the playbacks of each client and title into one {@link Play}, which is over when it was
 * quiet for half a minute. {@link #add} is for any thread and takes no lock for a known play. Its
 * own thread reports the plays that are over; {@link #close} reports the rest.
 */
final class Plays implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("streamcache");

  static final Duration QUIET = Duration.ofSeconds(30);

  private static final Duration EVERY = Duration.ofSeconds(5);

  /** A crowd of clients beyond this many is reported playback by playback. */
  private static final int MOST = 10_000;

  /** A player and a media server on one machine are two clients. */
  private record Who(InetAddress client, String agent, TitleKey title) {}

  private final LongSupplier nanos;
  private final Consumer<Play> over;
  private final ConcurrentMap<Who, Play> plays = new ConcurrentHashMap<>();

  /**
   * Plays that are over and no longer in the map, but may still get a playback from a thread that
   * had found them there; reported in the next round. Used by the thread that sweeps.
   */
  private final List<Play> leaving = new ArrayList<>();

  private final ScheduledThreadPoolExecutor sweeper =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("plays").factory());

  /**
   * @param nanos the monotonic clock
   * @param over is given each play once, on the thread of this class or that of {@link #close}
   */
  Plays(LongSupplier nanos, Consumer<Play> over) {
    this.nanos = nanos;
    this.over = over;
  }

  /** Starts the thread. */
  void start() {
    long every = EVERY.toNanos();
    var _ = sweeper.scheduleWithFixedDelay(this::tick, every, every, TimeUnit.NANOSECONDS);
  }

  void add(InetAddress client, PlaybackRecord playback) {
    long now = nanos.getAsLong();
    String agent = playback.request().headers().first("User-Agent").orElse("");
    Who who = new Who(client, agent, playback.link().key());
    Play known = plays.get(who);
    if (known == null && plays.size() >= MOST) {
      Play alone = new Play(client, playback, now);
      alone.add(playback, now);
      over.accept(alone);
      return;
    }
    if (known == null) {
      known = plays.computeIfAbsent(who, _ -> new Play(client, playback, now));
    }
    known.add(playback, now);
  }

  /** An exception would end the ticks, and plays would be reported at the stop only. */
  private void tick() {
    try {
      sweep();
    } catch (RuntimeException bug) {
      LOG.error("plays cannot be logged", bug);
    }
  }

  /** Reports what was over at the last call, and takes out what is over now. */
  void sweep() {
    leaving.forEach(over);
    leaving.clear();
    long now = nanos.getAsLong();
    plays.forEach((who, play) -> {
      if (now - play.at() >= QUIET.toNanos() && plays.remove(who, play)) {
        leaving.add(play);
      }
    });
  }

  /** Reports all plays; nothing is added any more. */
  @Override
  public void close() {
    sweeper.close();
    leaving.forEach(over);
    plays.values().forEach(over);
    plays.clear();
  }
}
