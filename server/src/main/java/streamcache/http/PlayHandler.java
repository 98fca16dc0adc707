package streamcache.http;

import java.util.Optional;
import streamcache.link.BadLink;
import streamcache.link.LinkForm;
import streamcache.link.Links;
import streamcache.link.OpenedLink;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Handler;
import streamcache.playback.Playbacks;
import streamcache.playback.Request;
import streamcache.playback.Unreadable;
import streamcache.settings.ClientSettings;
import streamcache.trouble.ErrorVideo;
import streamcache.trouble.Rejection;

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

  /** Other limits for the players behind one address apply from now on. */
  public void change(ClientSettings clients) {
    limits.change(clients);
  }

  @Override
  public Handler judge(Request request) {
    String path = path(request.target());
    Optional<Rejection> rejection =
        LinkForm.of(path).flatMap(form -> permission.toForm(form, request));
    if (rejection.isPresent()) {
      return new Judged.Rejected(permission, rejection.get());
    }
    OpenedLink opened;
    try {
      opened = links.open(path);
    } catch (BadLink e) {
      return new Judged.Malformed(String.valueOf(e.getMessage()));
    }
    return permission
        .toLink(opened)
        .<Judged>map(late -> new Judged.Rejected(permission, late))
        .orElseGet(
            () -> new Judged.Admitted(request, opened, permission, limits, playbacks, errorVideo));
  }

  @Override
  public void handle(Exchange exchange) throws ClientGone, Unreadable {
    judge(exchange.request()).handle(exchange);
  }

  private static String path(String target) {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }
}
