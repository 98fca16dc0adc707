package streamcache.http;

import java.util.function.Predicate;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Handler;
import streamcache.playback.Request;
import streamcache.playback.Unreadable;

/**
 * Answers at a port that belongs to the operator: the API and the page, and nothing else.
 *
 * @param isAdmin whether a target belongs to the operator
 * @param admin answers those, with any method
 */
public record OperatorRouter(Predicate<String> isAdmin, Handler admin) implements Handler {

  private static final TextAnswer LOST =
      TextAnswer.sentence(404, "Not found. The page of the operator is at /admin.");

  @Override
  public Handler judge(Request request) {
    return isAdmin.test(request.target()) ? admin.judge(request) : LOST::send;
  }

  @Override
  public boolean takesBody(String target) {
    return isAdmin.test(target);
  }

  @Override
  public void handle(Exchange exchange) throws ClientGone, Unreadable {
    judge(exchange.request()).handle(exchange);
  }
}
