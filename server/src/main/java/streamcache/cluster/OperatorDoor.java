package streamcache.cluster;

import java.util.Optional;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Handler;
import streamcache.playback.Headers;
import streamcache.playback.Request;

/** Has requests of operators, which other nodes have signed, answered here. Any thread. */
final class OperatorDoor implements Handler {

  private final Operators operators;

  OperatorDoor(Operators operators) {
    this.operators = operators;
  }

  @Override
  public void handle(Exchange exchange) throws ClientGone {
    Request sent = exchange.request();
    Optional<OperatorTarget> asked = OperatorTarget.in(sent);
    if (asked.isEmpty()) {
      exchange.head(404, new Headers().add("Content-Length", "0"));
      exchange.end();
      return;
    }
    Request own =
        new Request(
            sent.id(),
            sent.method(),
            asked.get().target(),
            sent.headers(),
            sent.http11(),
            sent.peer(),
            sent.body());
    operators.answer(new RelayedExchange(exchange, own), asked.get().mayOperate());
  }
}
