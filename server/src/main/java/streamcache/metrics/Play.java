package streamcache.metrics;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import streamcache.playback.Decided;
import streamcache.playback.Ended;
import streamcache.playback.PlaybackRecord;

/**
 * What one client has played of one title: the sum of its playbacks, which players make by the
 * thousand. Any thread.
 */
final class Play {

  private final InetAddress client;
  private final PlaybackRecord first;
  private final long begun;
  private final LongAdder requests = new LongAdder();
  private final LongAdder cuts = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder fromStore = new LongAdder();
  private final AtomicReference<Decided> decided = new AtomicReference<>(Decided.HIT);
  private volatile PlaybackRecord last;
  private volatile long at;

  /**
   * @param first not counted yet; {@link #add} does that
   * @param now monotonic nanoseconds
   */
  Play(InetAddress client, PlaybackRecord first, long now) {
    this.client = client;
    this.first = first;
    this.last = first;
    this.begun = now - first.took().toNanos();
    this.at = now;
  }

  void add(PlaybackRecord playback, long now) {
    requests.increment();
    bytes.add(playback.bytes());
    fromStore.add(playback.fromStore());
    if (playback.ended() instanceof Ended.Cut) {
      cuts.increment();
    }
    Decided known = playback.decided().orElse(Decided.HIT);
    if (known.compareTo(decided.get()) > 0) {
      Decided _ = decided.accumulateAndGet(known, Play::dearer);
    }
    last = playback;
    at = now;
  }

  private static Decided dearer(Decided one, Decided other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  InetAddress client() {
    return client;
  }

  PlaybackRecord first() {
    return first;
  }

  PlaybackRecord last() {
    return last;
  }

  /** When its last playback ended, in monotonic nanoseconds. */
  long at() {
    return at;
  }

  /** From its first request to the end of its last playback. */
  Duration took() {
    return Duration.ofNanos(at - begun);
  }

  long requests() {
    return requests.sum();
  }

  /** Playbacks that ended before their last byte through no fault of the player. */
  long cuts() {
    return cuts.sum();
  }

  long bytes() {
    return bytes.sum();
  }

  long fromStore() {
    return fromStore.sum();
  }

  /** The most expensive source of its bytes. */
  Decided decided() {
    return decided.get();
  }
}
