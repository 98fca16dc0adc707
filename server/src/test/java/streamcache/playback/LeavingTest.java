package streamcache.playback;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an exchange retains for a film that takes hundreds of connections past the store. */
final class LeavingTest {

  /** The number of connections for a film of 20 GB. */
  private static final int CONNECTIONS = 320;

  private final List<Runnable> kept = new ArrayList<>();
  private final List<Integer> cut = new ArrayList<>();
  private boolean isGone;

  private final Exchange exchange =
      (Exchange)
          Proxy.newProxyInstance(
              Exchange.class.getClassLoader(), new Class<?>[] {Exchange.class}, exchange());

  private InvocationHandler exchange() {
    return (_, method, arguments) ->
        switch (method.getName()) {
          case "isGone" -> isGone;
          case "onGone" -> {
            Runnable action = (Runnable) arguments[0];
            if (isGone) {
              action.run();
            } else {
              kept.add(action);
            }
            yield null;
          }
          default -> throw new AssertionError(method);
        };
  }

  @Test
  void accept_connectionAfterConnection_keepsOneActionAndCutsTheNewest() {
    Leaving leaving = new Leaving(exchange);
    for (int each = 1; each <= CONNECTIONS; each++) {
      int number = each;
      leaving.accept(() -> cut.add(number));
    }
    assertThat(kept).hasSize(1);
    kept.forEach(Runnable::run);
    assertThat(cut).containsExactly(CONNECTIONS);
  }

  @Test
  void accept_playerHasGone_isCutAtOnce() {
    Leaving leaving = new Leaving(exchange);
    leaving.accept(() -> cut.add(1));
    isGone = true;
    leaving.accept(() -> cut.add(2));
    assertThat(cut).containsExactly(2);
  }

  @Test
  void forget_connectionIsOver_isNeitherCutNorKept() {
    Leaving leaving = new Leaving(exchange);
    leaving.accept(() -> cut.add(1));
    leaving.forget();
    kept.forEach(Runnable::run);
    assertThat(cut).isEmpty();
  }
}
