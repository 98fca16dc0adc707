package streamcache.fill;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import streamcache.link.Link;
import streamcache.live.Broadcast;
import streamcache.live.LiveFeed;
import streamcache.live.LiveWindow;
import streamcache.live.PlayingSpeed;
import streamcache.media.MediaType;
import streamcache.origin.Upstream;
import streamcache.store.Generation;
import streamcache.store.GenerationFacts;

/**
 * Recognizes whether one connection receives a broadcast, and passes its bytes to the channel's
 * window. Used by the connection's thread. Times are monotonic nanoseconds.
 */
final class Reception {

  /**
   * A connection that brings a broadcast for less than this may have brought only the notice that
   * there is none: the next one waits, as after an attempt without a new byte.
   */
  private static final Duration LASTING = Duration.ofSeconds(10);

  private final Fill fill;
  private final Source source;
  private final Channels channels;
  private final Link link;

  /** Whether the rate at which bytes arrive may be ours. */
  private final boolean isThrottled;

  /** Watches a body that may turn out to be a broadcast; null for every other one. */
  private @Nullable PlayingSpeed speed;

  /** Null while no broadcast is received. */
  private @Nullable LiveFeed feed;

  /** When the connection began to receive a broadcast. */
  private long since;

  private boolean isLasting;

  Reception(Fill fill, Source source, Channels channels, Link link, boolean isThrottled) {
    this.fill = fill;
    this.source = source;
    this.channels = channels;
    this.link = link;
    this.isThrottled = isThrottled;
  }

  /**
   * Whether a response is a broadcast from its first byte on, since the title is expected to be one
   * or already was.
   *
   * @param first the first bytes, not consumed
   */
  boolean begins(Upstream answer, ByteBuffer first, long now) {
    Channel channel = fill.channel();
    boolean isStream = isStream(answer, first);
    // A clip in place of the channel may well have a length.
    if (isStream && channel.feed().isPresent()) {
      LiveFeed same = channel.feed().get();
      same.startOver();
      receives(same, now);
      return true;
    }
    boolean mayBe = isStream && answer.start() == 0 && hasNoEnd(answer);
    if (mayBe && channel.isExpected()) {
      GenerationFacts facts = source.facts(answer.facts(), link, first);
      LiveWindow window = channels.window(/* base= */ 0);
      begins(facts, window, new LiveFeed(window), now);
      return true;
    }
    channel.isFile();
    speed = mayBe && !isThrottled ? new PlayingSpeed(now) : null;
    return false;
  }

  private static boolean hasNoEnd(Upstream answer) {
    return answer.length().isEmpty() && answer.facts().total().isEmpty();
  }

  private static boolean isStream(Upstream answer, ByteBuffer first) {
    return LiveFeed.isStream(
        first, answer.facts().contentType().filter(MediaType::isTransportStream).isPresent());
  }

  /**
   * Whether a title that was taken for a file has turned out to be a broadcast. Its stored bytes
   * are then given up: viewers that have not read them yet still do, and continue with the window.
   *
   * @param bytes what was stored last, not consumed by others
   * @param position the offset after them
   */
  boolean turnsOut(Generation generation, ByteBuffer bytes, long position, long now) {
    if (speed == null || !speed.shows(bytes, now) || generation.total().isPresent()) {
      return false;
    }
    channels.recognize(link.key());
    LiveWindow window = channels.window(position - speed.begun());
    begins(generation.facts(), window, speed.feed(window), now);
    fill.title().abandon(generation);
    return true;
  }

  private void begins(GenerationFacts facts, LiveWindow window, LiveFeed into, long now) {
    receives(into, now);
    fill.channel()
        .begins(new Broadcast(window, facts.contentType(), facts.contentDisposition()), into);
  }

  private void receives(LiveFeed into, long now) {
    feed = into;
    since = now;
  }

  /**
   * Takes all bytes of a broadcast.
   *
   * @return the offset of the next byte of the broadcast
   */
  long take(ByteBuffer bytes, long now) {
    return Objects.requireNonNull(feed, "a broadcast is received").take(bytes, now);
  }

  /** Whether the connection has just shown that it brings more than a notice; true once. */
  boolean beginsToLast(long now) {
    boolean before = isLasting;
    isLasting = before || now - since >= LASTING.toNanos();
    return isLasting && !before;
  }
}
