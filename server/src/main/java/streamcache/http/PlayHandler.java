package streamcache.http;

import streamcache.link.BadLink;
import streamcache.link.Link;
import streamcache.link.LinkCodec;
import streamcache.playback.ClientGone;
import streamcache.playback.Ended;
import streamcache.playback.Exchange;
import streamcache.playback.Handler;
import streamcache.playback.Playbacks;
import streamcache.trouble.ErrorAnswer;
import streamcache.trouble.ErrorVideo;

/** Answers links: decodes, plays, and tells the player why when nothing can be played. */
public final class PlayHandler implements Handler {

  private static final String PLAIN = "/u/";

  private final RecentLinks links;
  private final Playbacks playbacks;
  private final ErrorVideo errorVideo;

  public PlayHandler(LinkCodec codec, Playbacks playbacks, ErrorVideo errorVideo) {
    this.links = new RecentLinks(codec);
    this.playbacks = playbacks;
    this.errorVideo = errorVideo;
  }

  @Override
  public void handle(Exchange exchange) throws ClientGone {
    Link link;
    try {
      link = decode(exchange.request().target());
    } catch (BadLink e) {
      ErrorAnswer.badRequest(exchange, String.valueOf(e.getMessage()));
      return;
    }
    if (errorVideo.resume(exchange, link)) {
      return;
    }
    if (playbacks.play(exchange, link) instanceof Ended.Refused refused) {
      errorVideo.refuse(exchange, link, refused.failure());
    }
  }

  private Link decode(String target) throws BadLink {
    if (!target.startsWith(PLAIN)) {
      throw new BadLink("Signed and sealed links are not understood by this version; use /u/.");
    }
    int query = target.indexOf('?');
    return links.decode(target.substring(PLAIN.length(), query < 0 ? target.length() : query));
  }
}
