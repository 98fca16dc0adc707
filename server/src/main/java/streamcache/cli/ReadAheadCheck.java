package streamcache.cli;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import streamcache.link.BadLink;

/**
 * Finds out whether what lies between a server and its players reads a film faster than they do: a
 * client that stops reading holds up the server, unless somebody else takes the rest. One thread;
 * blocks for some seconds.
 */
record ReadAheadCheck(SelfCheckCalls server) {

  /** In bytes; the client stops after them. */
  private static final int READ = 64 * 1024;

  private static final long EVERY_MILLIS = 200;

  /** So often in a row, the server has sent nothing more. */
  private static final int STILL = 10;

  /**
   * Whether all of the file was taken although its client had read little.
   *
   * @param base the path below which the server is served
   * @return empty if that cannot be told: the connection failed, or the sockets of this machine
   *     alone hold a file of that size
   */
  Optional<Boolean> isBuffered(WebPlace place, String base) throws BadLink {
    Optional<Long> sent = sent(place, base);
    if (sent.isEmpty() || sent.get() < SelfCheck.LENGTH) {
      return sent.map(_ -> false);
    }
    return sent(server.own(), "").filter(direct -> direct < SelfCheck.LENGTH).map(_ -> true);
  }

  /** How much of the file the server has got rid of when no more goes. */
  private Optional<Long> sent(WebPlace place, String base) throws BadLink {
    String run = "%016x".formatted(new SecureRandom().nextLong());
    try (WebCall call = WebCall.get(place, base + server.target(run), Map.of())) {
      if (call.read(READ).length < READ) {
        return Optional.empty();
      }
      return Optional.of(settled(run));
    } catch (IOException _) {
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private long settled(String run) throws BadLink, InterruptedException {
    long last = 0;
    int still = 0;
    while (still < STILL && last < SelfCheck.LENGTH) {
      long now = server.sent(run).orElse(last);
      still = now == last ? still + 1 : 0;
      last = now;
      boolean _ = new CountDownLatch(1).await(EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }
    return last;
  }
}
