package streamcache.xtream;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import streamcache.catalog.LibraryException;
import streamcache.durable.ScratchFile;
import streamcache.link.XtreamAccount;
import streamcache.origin.OriginException;

/**
 * Asks a panel, one request at a time with a pause between two, and again after a failure that may
 * pass. A response is read after its connection has ended, so that a slow disk keeps no player
 * waiting. One thread, which owns it.
 */
final class PanelClient {

  /** How often a request is made before it counts as failed. */
  private static final int ATTEMPTS = 5;

  private static final Duration FIRST_BACKOFF = Duration.ofSeconds(2);

  /** A panel that asks for a longer wait is left alone until the next import. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  /** Before the account is asked for again; the gate itself waits for a few seconds. */
  private static final Duration WHILE_IN_USE = Duration.ofSeconds(1);

  private final XtreamAccount account;
  private final PanelGate gate;
  private final Duration pause;
  private final Rest rest;
  private final Consumer<String> news;
  private boolean hasAsked;
  private boolean isWaiting;

  /**
   * @param pause between two requests
   * @param news receives a sentence when the import waits
   */
  PanelClient(
      XtreamAccount account, PanelGate gate, Duration pause, Rest rest, Consumer<String> news) {
    this.account = account;
    this.gate = gate;
    this.pause = pause;
    this.rest = rest;
    this.news = news;
  }

  /** Reads one response. */
  interface Reading<T> {
    T from(InputStream in) throws IOException, PanelException, LibraryException;
  }

  /** Makes one request; empty if the account is in use. */
  private interface Attempt<T> {
    Optional<T> make() throws IOException, PanelException, LibraryException;
  }

  /** Asks about the account; writes nothing. */
  AccountInfo account() throws PanelException, LibraryException, InterruptedException {
    return persist(() -> {
      ShortBody body = new ShortBody();
      boolean isRead = gate.copy(account.link(), account.question(Map.of()), body);
      return isRead
          ? Optional.of(XtreamAnswers.account(new ByteArrayInputStream(body.toByteArray())))
          : Optional.empty();
    });
  }

  /**
   * @param parameters of the request, besides user and password
   * @param scratch the path of a file for the response
   * @param reading may be called again, from the start, after it has failed
   * @throws PanelException if the panel refuses, or every attempt has failed
   * @throws LibraryException if the response cannot be stored
   */
  <T> T ask(Map<String, String> parameters, Path scratch, Reading<T> reading)
      throws PanelException, LibraryException, InterruptedException {
    return persist(() -> {
      try (ScratchFile page = ScratchFile.at(scratch)) {
        boolean isRead = gate.copy(account.link(), account.question(parameters), page.output());
        return isRead ? Optional.of(reading.from(page.input())) : Optional.empty();
      } catch (UncheckedIOException e) {
        throw LibraryProblems.unwritable(scratch, Objects.requireNonNull(e.getCause()));
      } catch (OriginException e) {
        throw e;
      } catch (IOException e) {
        throw LibraryProblems.unwritable(scratch, e);
      }
    });
  }

  private <T> T persist(Attempt<T> attempt)
      throws PanelException, LibraryException, InterruptedException {
    for (int failures = 0; ; ) {
      if (hasAsked) {
        rest.take(pause);
      }
      hasAsked = true;
      Duration wait = FIRST_BACKOFF.multipliedBy(1L << failures);
      PanelException problem;
      try {
        Optional<T> result = attempt.make();
        if (result.isPresent()) {
          isWaiting = false;
          return result.get();
        }
        tellOfWaiting();
        rest.take(WHILE_IN_USE);
        continue;
      } catch (OriginException e) {
        problem = PanelFailure.of(e.failure(), account.shownHost());
        wait = e.failure().retryAfter().orElse(wait);
      } catch (IOException e) {
        problem = PanelException.passing("its response is damaged");
      } catch (PanelException e) {
        problem = e;
      }
      failures++;
      if (problem.isFinal() || failures == ATTEMPTS || wait.compareTo(LONGEST_WAIT) > 0) {
        throw problem;
      }
      news.accept(
          "Asking again in %d s, because %s.".formatted(wait.toSeconds(), problem.getMessage()));
      rest.take(wait);
    }
  }

  private void tellOfWaiting() {
    if (!isWaiting) {
      isWaiting = true;
      news.accept("Waiting: a player uses the account.");
    }
  }

  /** Drops what is too long to be about an account. */
  private static final class ShortBody extends ByteArrayOutputStream {

    private static final int MOST = 1 << 20;

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
      if (size() + length <= MOST) {
        super.write(bytes, from, length);
      }
    }
  }
}
