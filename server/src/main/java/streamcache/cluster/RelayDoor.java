package streamcache.cluster;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Handler;
import streamcache.playback.Headers;
import streamcache.playback.Ready;
import streamcache.playback.Request;
import streamcache.playback.Unreadable;

/**
 * Where other nodes bring the requests of their players. It admits what the key of the cluster has
 * signed, for accounts whose home is here, and has it answered as if its player were connected to
 * this node. They also ask here for what this node has stored, and bring requests of operators. Any
 * thread.
 */
final class RelayDoor implements Handler {

  /** The node that sent the request must look again for the home of the account. */
  static final int NOT_HERE = 421;

  private static final int REFUSED = 403;

  private final ClusterKey key;
  private final SpentTickets spent;
  private final Function<AccountKey, HomePlace> places;
  private final Handler players;
  private final Handler stored;
  private final Handler operators;

  /**
   * @param players answers requests for links
   * @param stored answers what other nodes ask for stored bytes
   * @param operators answers requests of operators
   */
  RelayDoor(
      ClusterKey key,
      SpentTickets spent,
      Function<AccountKey, HomePlace> places,
      Handler players,
      Handler stored,
      Handler operators) {
    this.key = key;
    this.spent = spent;
    this.places = places;
    this.players = players;
    this.stored = stored;
    this.operators = operators;
  }

  @Override
  public boolean takesBody(String target) {
    return OperatorTarget.concerns(target);
  }

  @Override
  public Handler judge(Request request) {
    Optional<RelayTicket> ticket = RelayTicket.in(request, key).filter(spent::accept);
    if (ticket.isEmpty()) {
      return exchange -> answer(exchange, REFUSED, "This port is for the nodes of the cluster.");
    }
    if (StoredDoor.concerns(request)) {
      return stored;
    }
    if (OperatorTarget.concerns(request.target())) {
      return operators;
    }
    if (!(places.apply(ticket.get().account()) instanceof HomePlace.Here)) {
      return exchange -> answer(exchange, NOT_HERE, "The home of this account is another node.");
    }
    Request own = request.relayedFor(ticket.get().client());
    return new Admitted(players.judge(own), own);
  }

  @Override
  public void handle(Exchange exchange) throws ClientGone, Unreadable {
    judge(exchange.request()).handle(exchange);
  }

  private static void answer(Exchange exchange, int status, String sentence) throws ClientGone {
    byte[] text = (sentence + "\n").getBytes(StandardCharsets.US_ASCII);
    Headers headers =
        new Headers()
            .add("Content-Type", "text/plain")
            .add("Content-Length", Integer.toString(text.length));
    exchange.head(status, headers);
    if (!exchange.request().method().equals("HEAD")) {
      exchange.body(ByteBuffer.wrap(text));
    }
    exchange.end();
  }

  /**
   * @param own the request as its player sent it
   */
  private record Admitted(Handler judged, Request own) implements Handler {

    @Override
    public Optional<Ready> ready() {
      return judged.ready();
    }

    @Override
    public void handle(Exchange exchange) throws ClientGone, Unreadable {
      judged.handle(new RelayedExchange(exchange, own));
    }
  }
}
