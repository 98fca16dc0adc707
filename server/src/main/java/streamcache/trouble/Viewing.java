package streamcache.trouble;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import streamcache.link.Link;
import streamcache.origin.Failure;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Plan;
import streamcache.playback.Request;
import streamcache.playback.Unreadable;
import streamcache.playback.Viewer;

/**
 * One request and the video that it may get in place of its title. Used by the request's thread
 * before anything of a response was sent, so that no title turns into a video midway.
 */
public final class Viewing {

  private final ErrorVideo errorVideo;
  private final Exchange exchange;
  private final Link link;
  private final InetAddress client;
  private final Instant opened;

  Viewing(ErrorVideo errorVideo, Exchange exchange, Link link, InetAddress client, Instant opened) {
    this.errorVideo = errorVideo;
    this.exchange = exchange;
    this.link = link;
    this.client = client;
    this.opened = opened;
  }

  /**
   * Continues a video that this viewer is being shown. Must be called before a title is played,
   * since bytes of the title would otherwise be mixed into the video.
   *
   * @return whether the request was answered with the video
   */
  public boolean resume() throws ClientGone, Unreadable {
    Request request = exchange.request();
    Showings showings = errorVideo.showings();
    if (showings.isEmpty() || !errorVideo.isForVideo(request, link)) {
      return false;
    }
    if (!Plan.opens(request)) {
      return isSent(exchange, showings.resume(viewer()));
    }
    if (isSent(exchange, showings.join(viewer()))) {
      return true;
    }
    if (request.method().equals("GET")) {
      showings.setAside(viewer());
    }
    return false;
  }

  /** Bytes of the title are about to be sent to the viewer. */
  public void plays() {
    if (!errorVideo.showings().isEmpty()) {
      errorVideo.showings().forget(viewer());
    }
  }

  /**
   * Responds for a title that cannot be played; nothing has been sent yet.
   *
   * @param answered the exchange of the request, by which the response is to be sent
   */
  public void refuse(Exchange answered, Failure failure) throws ClientGone, Unreadable {
    Request request = answered.request();
    boolean isForVideo =
        errorVideo.isForVideo(request, link) && !(failure instanceof Failure.OutOfRange);
    if (!isForVideo || !isShown(answered, failure)) {
      errorVideo.sendStatus(answered, link, failure);
    }
  }

  private boolean isShown(Exchange answered, Failure failure) throws ClientGone, Unreadable {
    Request request = answered.request();
    Showings showings = errorVideo.showings();
    if (!Plan.opens(request)) {
      return isSent(answered, showings.fallBack(viewer()));
    }
    Showings.Showing showing = errorVideo.showing(link, request, failure);
    return isSent(answered, Optional.of(showings.begin(viewer(), showing, opened)));
  }

  private boolean isSent(Exchange answered, Optional<Showings.Reading> shown)
      throws ClientGone, Unreadable {
    if (shown.isEmpty()) {
      return false;
    }
    try (Showings.Reading reading = shown.get()) {
      errorVideo.send(answered, reading);
    }
    return true;
  }

  private Viewer viewer() {
    return Viewer.of(client, exchange.request(), link);
  }
}
