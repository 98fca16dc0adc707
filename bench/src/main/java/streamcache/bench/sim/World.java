package streamcache.bench.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import streamcache.range.ByteRange;

/** One provider, one store, clients and a policy between them; steps through virtual time. */
final class World {

  private final Clock clock = new Clock();
  private final Provider provider;
  private final Policy policy;
  private final List<Client> clients = new ArrayList<>();
  private final List<Request> requests = new ArrayList<>();
  private final List<Download> downloads = new ArrayList<>();
  private final Request.Listener listener =
      new Request.Listener() {
        @Override
        public void blocked(Request request) {
          policy.blocked(request);
        }

        @Override
        public void left(Request request) {
          requests.remove(request);
          policy.left(request);
        }
      };
  private long nextDownload;

  World(Provider provider, Function<World, Policy> policy) {
    this.provider = provider;
    this.policy = policy.apply(this);
  }

  void add(Client client) {
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
    for (Client client : clients) {
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

  Provider provider() {
    return provider;
  }

  /** Those whose clients have not gone, oldest first. */
  List<Request> requests() {
    return requests;
  }

  /** Those that are not over, oldest first. */
  List<Download> downloads() {
    return downloads;
  }

  Film film(Copy copy) {
    return new Film() {
      @Override
      public long end() {
        return copy.end();
      }

      @Override
      public Reading open(Client client, long position, double now) {
        Request request = new Request(client, copy, position, now, listener);
        requests.add(request);
        policy.asked(request);
        return request;
      }
    };
  }

  /**
   * Opens a connection, whatever the provider says to it.
   *
   * @param readOver present bytes that it reads over before it ends by itself
   */
  Download open(Copy copy, ByteRange range, long readOver) {
    Download download = new Download(nextDownload++, copy, range, provider.open(now()), readOver);
    downloads.add(download);
    return download;
  }
}
