package streamcache.http;

import java.net.InetAddress;
import java.util.Optional;
import streamcache.link.Link;
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
import streamcache.trouble.ErrorAnswer;
import streamcache.trouble.ErrorVideo;
import streamcache.trouble.Rejection;
import streamcache.trouble.Viewing;

/**
 * A request for a link, judged by {@link PlayHandler}: its form, its link and what its client may
 * do. The response that needs no thread and the thread that waits use the same judgement.
 */
sealed interface Judged extends Handler {

  /** The client may not have this link. */
  record Rejected(Permission permission, Rejection rejection) implements Judged {
    @Override
    public void handle(Exchange exchange) throws ClientGone {
      permission.reject(exchange, rejection);
    }
  }

  /** The link cannot be read. */
  record Malformed(String sentence) implements Judged {
    @Override
    public void handle(Exchange exchange) throws ClientGone {
      ErrorAnswer.badRequest(exchange, sentence);
    }
  }

  /**
   * The title may be played.
   *
   * @param limits enforced only while a thread serves the request: a response that needs none is
   *     over at once
   */
  record Admitted(
      Request request,
      OpenedLink opened,
      Permission permission,
      ClientLimits limits,
      Playbacks playbacks,
      ErrorVideo errorVideo)
      implements Judged {

    @Override
    public Optional<Ready> ready() {
      Link link = opened.link();
      return errorVideo.isShown(request, link, () -> Peer.line(permission.client(request)))
          ? Optional.empty()
          : playbacks.ready(request, link);
    }

    @Override
    public void handle(Exchange exchange) throws ClientGone, Unreadable {
      InetAddress client = permission.client(request);
      if (request.relayed().isPresent()) {
        play(exchange, client); // The node that the player is connected to counts its streams.
        return;
      }
      if (!limits.enter(client)) {
        permission.reject(exchange, Rejection.TOO_MANY_STREAMS);
        return;
      }
      try {
        play(exchange, client);
      } finally {
        limits.leave(client);
      }
    }

    private void play(Exchange exchange, InetAddress client) throws ClientGone, Unreadable {
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
              permission.isTrusted(opened, request),
              () -> limits.mayBeginTitle(client),
              viewing::plays);
      playbacks.play(exchange, asked, (answered, why) -> refuse(answered, viewing, why));
    }

    private void refuse(Exchange exchange, Viewing viewing, Ended.Unanswered why)
        throws ClientGone, Unreadable {
      switch (why) {
        case Ended.Refused(Failure failure) -> viewing.refuse(exchange, failure);
        case Ended.NotBegun _ -> permission.reject(exchange, Rejection.TOO_MANY_TITLES);
      }
    }
  }
}
