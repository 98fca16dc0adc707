package streamcache.bench.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import streamcache.range.ByteRange;

/** One provider, one store, clients and the policy between them; advances in virtual time. */
final class SceneWorld {

  private final Clock clock = new Clock();
  private final SimulatedProvider provider;
  private final Policy policy;
  private final List<SimulatedClient> clients = new ArrayList<>();
  private final List<SimulatedRequest> requests = new ArrayList<>();
  private final List<Download> downloads = new ArrayList<>();
  private final SimulatedRequest.Listener listener =
      new SimulatedRequest.Listener() {
        @Override
        public void blocked(SimulatedRequest request) {
          policy.blocked(request);
        }

        @Override
        public void unblocked(SimulatedRequest request) {
          policy.unblocked(request);
        }

        @Override
        public void left(SimulatedRequest request) {
          requests.remove(request);
          policy.left(request);
        }
      };
  private long nextDownload;

  SceneWorld(SimulatedProvider provider, Function<SceneWorld, Policy> policy) {
    this.provider = provider;
    this.policy = policy.apply(this);
  }

  void add(SimulatedClient client) {
    clients.add(client);
  }

  void run(double seconds) {
    while (clock.seconds() < seconds) {
      clock.advance();
      advance();
    }
  }

  private void advance() {
    double now = now();
    for (Download download : List.copyOf(downloads)) {
      Download.State before = download.state();
      download.advance(now, provider.terms().rate());
      if (before == Download.State.CONNECTING && download.state() == Download.State.RUNNING) {
        policy.answered(download);
      }
      if (download.isOver()) {
        end(download);
      }
    }
    for (SimulatedClient client : clients) {
      client.advance(now);
    }
    policy.step();
  }

  private void end(Download download) {
    downloads.remove(download);
    if (download.state() != Download.State.REFUSED) {
      provider.closed(now());
    }
    policy.ended(download);
  }

  double now() {
    return clock.seconds();
  }

  SimulatedProvider provider() {
    return provider;
  }

  /** Returns the requests whose clients have not left, oldest first. */
  List<SimulatedRequest> requests() {
    return requests;
  }

  /** Returns the connections that have not ended, oldest first. */
  List<Download> downloads() {
    return downloads;
  }

  SimulatedFilm film(Copy copy) {
    return new SimulatedFilm() {
      @Override
      public long end() {
        return copy.end();
      }

      @Override
      public Reading open(SimulatedClient client, long position, double now) {
        SimulatedRequest request = new SimulatedRequest(client, copy, position, now, listener);
        requests.add(request);
        policy.asked(request);
        return request;
      }
    };
  }

  /**
   * Opens a connection, whether or not the provider accepts it.
   *
   * @param readOver present bytes that it reads over before it ends by itself
   */
  Download open(Copy copy, ByteRange range, long readOver) {
    Download download = new Download(nextDownload++, copy, range, provider.open(now()), readOver);
    downloads.add(download);
    return download;
  }
}
