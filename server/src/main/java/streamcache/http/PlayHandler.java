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
import streamcache.trouble.Objection;

/** Answers links: admits, reads, plays, and tells the player why when nothing can be played. */
public final class PlayHandler implements Handler {

  private final RecentLinks links;
  private final Permission permission;
  private final Allowances allowances;
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
    this.allowances = new Allowances(clients, System::nanoTime);
    this.playbacks = playbacks;
    this.errorVideo = errorVideo;
  }

  /** Only for whom nothing speaks against: everybody else is answered where that may take time. */
  @Override
  public Optional<Ready> ready(Request request) {
    String path = path(request.target());
    if (LinkForm.of(path).flatMap(form -> permission.toForm(form, request)).isPresent()) {
      return Optional.empty();
    }
    try {
      OpenedLink opened = links.open(path);
      return permission.toLink(opened).isPresent() || errorVideo.isShown(request, opened.link())
          ? Optional.empty()
          : playbacks.ready(request, opened.link());
    } catch (BadLink e) {
      return Optional.empty();
    }
  }

  @Override
  public void handle(Exchange exchange) throws ClientGone, Unreadable {
    String path = path(exchange.request().target());
    Optional<Objection> objection =
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
    Optional<Objection> late = permission.toLink(opened);
    if (late.isPresent()) {
      permission.turnAway(exchange, late.get());
      return;
    }
    InetAddress client = permission.client(exchange.request());
    if (!allowances.enter(client)) {
      permission.turnAway(exchange, Objection.TOO_MANY_STREAMS);
      return;
    }
    try {
      play(exchange, opened, client);
    } finally {
      allowances.leave(client);
    }
  }

  private void play(Exchange exchange, OpenedLink opened, InetAddress client)
      throws ClientGone, Unreadable {
    Link link = opened.link();
    if (errorVideo.resume(exchange, link)) {
      return;
    }
    Asked asked =
        new Asked(
            link,
            permission.isTrusted(opened, exchange.request()),
            () -> allowances.mayBeginTitle(client));
    switch (playbacks.play(exchange, asked)) {
      case Ended.Refused(Failure failure) -> errorVideo.refuse(exchange, link, failure);
      case Ended.NotBegun _ -> permission.turnAway(exchange, Objection.TOO_MANY_TITLES);
      case Ended.Done _, Ended.PlayerLeft _, Ended.Cut _ -> {}
    }
  }

  private static String path(String target) {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }
}
