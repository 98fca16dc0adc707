package streamcache.http;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import streamcache.event.Event;
import streamcache.link.LinkForm;
import streamcache.link.OpenedLink;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Handler;
import streamcache.playback.Headers;
import streamcache.playback.Request;
import streamcache.settings.LinkSettings;
import streamcache.settings.RequireSigned;
import streamcache.trouble.ErrorAnswer;
import streamcache.trouble.Rejection;
import streamcache.trouble.RequestRejected;

/**
 * Decides which requests are allowed. Every request is checked, even if its link is cached: plain
 * links as REQUIRE_SIGNED allows, expired links never. Any thread.
 */
public final class Permission {

  /** What a page of another site may request: media to play, but nothing it could read. */
  private static final Set<String> MEDIA = Set.of("video", "audio", "track");

  private final RequireSigned requireSigned;
  private final Clients clients;
  private final InstantSource clock;
  private final Consumer<Event> events;

  public Permission(LinkSettings settings, InstantSource clock, Consumer<Event> events) {
    this.requireSigned = settings.requireSigned();
    this.clients = Clients.of(settings);
    this.clock = clock;
    this.events = events;
  }

  /** The rejection to a link of this form from this client, checked before the link is read. */
  Optional<Rejection> toForm(LinkForm form, Request request) {
    return switch (form) {
      case PLAIN -> toPlain(request);
      case SIGNED, SEALED -> Optional.empty();
    };
  }

  /** The rejection to a link that has been read. */
  Optional<Rejection> toLink(OpenedLink link) {
    return link.hasExpired(clock.instant()) ? Optional.of(Rejection.EXPIRED) : Optional.empty();
  }

  /**
   * Whether the request may reach private networks: its link was made with the key, or its client
   * is local. Other clients get here only if REQUIRE_SIGNED is off.
   */
  boolean isTrusted(OpenedLink link, Request request) {
    return link.form() != LinkForm.PLAIN || clients.of(request).isAtHome();
  }

  /** Serves the page to local clients only. */
  public Handler atHomeOnly(Handler page) {
    return exchange -> {
      if (clients.of(exchange.request()).isAtHome()) {
        page.handle(exchange);
      } else {
        reject(exchange, Rejection.PRIVATE_PAGE);
      }
    };
  }

  /** The client whose limits the request counts against. */
  InetAddress client(Request request) {
    return clients.address(request);
  }

  void reject(Exchange exchange, Rejection rejection) throws ClientGone {
    Request request = exchange.request();
    events.accept(new RequestRejected(request, clients.address(request), rejection));
    ErrorAnswer.reject(exchange, rejection);
  }

  private Optional<Rejection> toPlain(Request request) {
    Optional<Rejection> rejection =
        switch (requireSigned) {
          case OFF -> Optional.empty();
          case PUBLIC -> toClient(clients.of(request));
          case ALWAYS -> Optional.of(Rejection.ALWAYS_SIGNED);
        };
    if (rejection.isEmpty() && isAskedByAnotherSite(request.headers())) {
      return Optional.of(Rejection.CROSS_SITE);
    }
    return rejection;
  }

  private static Optional<Rejection> toClient(Client client) {
    if (client.isAtHome()) {
      return Optional.empty();
    }
    return Optional.of(client.isHidden() ? Rejection.HIDDEN_CLIENT : Rejection.PUBLIC_CLIENT);
  }

  /** Browsers set Sec-Fetch-Site themselves; no page can change it. */
  private static boolean isAskedByAnotherSite(Headers headers) {
    return headers.first("Sec-Fetch-Site").filter("cross-site"::equalsIgnoreCase).isPresent()
        && !MEDIA.contains(headers.first("Sec-Fetch-Dest").orElse("").toLowerCase(Locale.ROOT));
  }
}
