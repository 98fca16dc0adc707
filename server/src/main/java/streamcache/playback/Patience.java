package streamcache.playback;

import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import streamcache.link.Link;
import streamcache.settings.FillSettings;

/**
 * How long one request may still wait for its first byte, given how long its player has already
 * waited for the title. Used only by the playback's thread; costs nothing for a request that does
 * not wait.
 */
final class Patience implements AutoCloseable {

  private final Waits waits;
  private final FillSettings settings;
  private final Request request;
  private final InetAddress client;
  private final Link link;

  /** Null while the request does not wait. */
  private @Nullable Viewer viewer;

  private long since;

  Patience(Waits waits, FillSettings settings, Request request, Asked asked) {
    this.waits = waits;
    this.settings = settings;
    this.request = request;
    this.client = asked.client();
    this.link = asked.link();
  }

  /** The time left until a response of the title or an error status is due. */
  Duration forAnswer() {
    return left(settings.answerWithin());
  }

  /** The same while a connection of the account is expected to become free. */
  Duration forSlot() {
    return left(settings.placeWaitMax());
  }

  /** The same while the provider has accepted the connection and not yet sent a byte. */
  Duration forFirstByte() {
    return left(settings.firstByteWithin());
  }

  /** The limit between two bytes, once the response has begun. */
  Duration forNextByte() {
    return settings.followerWaitMax();
  }

  private Duration left(Duration most) {
    if (viewer == null) {
      viewer = Viewer.of(client, request, link);
      since = waits.begin(viewer);
    }
    Duration left = most.minusNanos(waits.now() - since);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Called when the player gets a response of the title. */
  void answered() {
    if (viewer != null) {
      waits.answered(viewer);
      viewer = null;
    }
  }

  @Override
  public void close() {
    if (viewer != null) {
      waits.over(viewer, since);
      viewer = null;
    }
  }
}
