package streamcache.http;

import java.net.InetAddress;
import java.util.Optional;
import streamcache.link.BadLink;
import streamcache.link.Link;
import streamcache.link.LinkForm;
import streamcache.link.Links;
import streamcache.link.OpenedLink;
import streamcache.origin.Failure;
import streamcache.playback.Asked;
import streamcache.playback.ClientGone;
import streamcache.playback.Ended;
import streamcache.playback.Exchange;
import streamcache.playback.Handler;
import streamcache.playback.Playbacks;
import streamcache.playback.Ready;
import streamcache.playback.Request;
import streamcache.playback.Unreadable;
import streamcache.settings.ClientSettings;
import streamcache.trouble.ErrorAnswer;
import streamcache.trouble.ErrorVideo;
import streamcache.trouble.Rejection;
import streamcache.trouble.Viewing;

/**
 * Serves links: checks the client, reads the link, plays the title, and tells the player why when
 * nothing can be played.
 */
public final class PlayHandler implements Handler {

  private final RecentLinks links;
  private final Permission permission;
  private final ClientLimits limits;
  private final Playbacks playbacks;
  private final ErrorVideo errorVideo;

  public PlayHandler(
      Links links,
      Permission permission,
      ClientSettings clients,
      Playbacks playbacks,
      ErrorVideo errorVideo) {
    this.links = new RecentLinks(links);
    this.permission = permission;
    this.limits = new ClientLimits(clients, System::nanoTime);
    this.playbacks = playbacks;
    this.errorVideo = errorVideo;
  }

  /**
   * Only for requests without objection; all others are answered on a thread, where that may take
   * time.
   */
  @Override
  public Optional<Ready> ready(Request request) {
    String path = path(request.target());
    if (LinkForm.of(path).flatMap(form -> permission.toForm(form, request)).isPresent()) {
      return Optional.empty();
    }
    try {
      OpenedLink opened = links.open(path);
      return permission.toLink(opened).isPresent() || isShown(request, opened.link())
          ? Optional.empty()
          : playbacks.ready(request, opened.link());
    } catch (BadLink e) {
      return Optional.empty();
    }
  }

  @Override
  public void handle(Exchange exchange) throws ClientGone, Unreadable {
    String path = path(exchange.request().target());
    Optional<Rejection> objection =
        LinkForm.of(path).flatMap(form -> permission.toForm(form, exchange.request()));
    if (objection.isPresent()) {
      permission.turnAway(exchange, objection.get());
      return;
    }
    OpenedLink opened;
    try {
      opened = links.open(path);
    } catch (BadLink e) {
      ErrorAnswer.badRequest(exchange, String.valueOf(e.getMessage()));
      return;
    }
    Optional<Rejection> late = permission.toLink(opened);
    if (late.isPresent()) {
      permission.turnAway(exchange, late.get());
      return;
    }
    InetAddress client = permission.client(exchange.request());
    if (!limits.enter(client)) {
      permission.turnAway(exchange, Rejection.TOO_MANY_STREAMS);
      return;
    }
    try {
      play(exchange, opened, client);
    } finally {
      limits.leave(client);
    }
  }

  private void play(Exchange exchange, OpenedLink opened, InetAddress client)
      throws ClientGone, Unreadable {
    Link link = opened.link();
    InetAddress line = Peer.line(client);
    Viewing viewing = errorVideo.viewing(exchange, link, line);
    if (viewing.resume()) {
      return;
    }
    Asked asked =
        new Asked(
            link,
            line,
            permission.isTrusted(opened, exchange.request()),
            () -> limits.mayBeginTitle(client),
            viewing::plays);
    playbacks.play(exchange, asked, (answered, why) -> refuse(answered, viewing, why));
  }

  private void refuse(Exchange exchange, Viewing viewing, Ended.Unanswered why)
      throws ClientGone, Unreadable {
    switch (why) {
      case Ended.Refused(Failure failure) -> viewing.refuse(exchange, failure);
      case Ended.NotBegun _ -> permission.turnAway(exchange, Rejection.TOO_MANY_TITLES);
    }
  }

  private boolean isShown(Request request, Link link) {
    return errorVideo.isShown(request, link, () -> Peer.line(permission.client(request)));
  }

  private static String path(String target) {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }
}
