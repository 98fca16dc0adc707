package streamcache.http;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import streamcache.link.AddressBlock;
import streamcache.link.LinkForm;
import streamcache.link.OpenedLink;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Handler;
import streamcache.playback.Headers;
import streamcache.playback.Request;
import streamcache.settings.LinkSettings;
import streamcache.trouble.ErrorAnswer;
import streamcache.trouble.Objection;
import streamcache.trouble.ObjectionListener;

/**
 * Who may ask for what. Every request is judged by itself, whether its link is remembered or not:
 * plain links are for home, expired ones for nobody. Any thread.
 */
public final class Permission {

  /** What a page of another site may show: a player, but nothing it could read. */
  private static final Set<String> MEDIA = Set.of("video", "audio", "track");

  private final LinkSettings.RequireSigned requireSigned;
  private final Clients clients;
  private final InstantSource clock;
  private final ObjectionListener listener;

  public Permission(LinkSettings settings, InstantSource clock, ObjectionListener listener) {
    this.requireSigned = settings.requireSigned();
    this.clients = new Clients(blocks(settings));
    this.clock = clock;
    this.listener = listener;
  }

  private static List<AddressBlock> blocks(LinkSettings settings) {
    return settings.trustedProxies().stream()
        .map(block -> new AddressBlock(block.network(), block.bits()))
        .toList();
  }

  /** What speaks against a link of this form from this client, before it is read. */
  Optional<Objection> toForm(LinkForm form, Request request) {
    return switch (form) {
      case PLAIN -> toPlain(request);
      case SIGNED, SEALED -> Optional.empty();
    };
  }

  /** What speaks against a link that has been read. */
  Optional<Objection> toLink(OpenedLink link) {
    return link.hasExpired(clock.instant()) ? Optional.of(Objection.EXPIRED) : Optional.empty();
  }

  /**
   * Whether whoever asks may be led into private networks: who made the link had the key, or is at
   * home. Only where REQUIRE_SIGNED is off does anybody else get here.
   */
  boolean isTrusted(OpenedLink link, Request request) {
    return link.form() != LinkForm.PLAIN || clients.of(request).isAtHome();
  }

  /** Lets the page be seen from private addresses only. */
  public Handler atHomeOnly(Handler page) {
    return exchange -> {
      if (clients.of(exchange.request()).isAtHome()) {
        page.handle(exchange);
      } else {
        turnAway(exchange, Objection.PRIVATE_PAGE);
      }
    };
  }

  /** Whose allowance the request uses up. */
  InetAddress client(Request request) {
    return clients.of(request).address();
  }

  void turnAway(Exchange exchange, Objection objection) throws ClientGone {
    Request request = exchange.request();
    listener.turnedAway(request, clients.of(request).address(), objection);
    ErrorAnswer.turnAway(exchange, objection);
  }

  private Optional<Objection> toPlain(Request request) {
    Optional<Objection> objection =
        switch (requireSigned) {
          case OFF -> Optional.empty();
          case PUBLIC -> toClient(clients.of(request));
          case ALWAYS -> Optional.of(Objection.ALWAYS_SIGNED);
        };
    if (objection.isEmpty() && isAskedByAnotherSite(request.headers())) {
      return Optional.of(Objection.CROSS_SITE);
    }
    return objection;
  }

  private static Optional<Objection> toClient(Client client) {
    if (client.isAtHome()) {
      return Optional.empty();
    }
    return Optional.of(client.isHidden() ? Objection.HIDDEN_CLIENT : Objection.PUBLIC_CLIENT);
  }

  /** Browsers say so themselves, and no page can make them say otherwise. */
  private static boolean isAskedByAnotherSite(Headers headers) {
    return headers.first("Sec-Fetch-Site").filter("cross-site"::equalsIgnoreCase).isPresent()
        && !MEDIA.contains(headers.first("Sec-Fetch-Dest").orElse("").toLowerCase(Locale.ROOT));
  }
}
