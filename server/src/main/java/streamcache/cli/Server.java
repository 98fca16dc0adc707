package streamcache.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import streamcache.fill.Fills;
import streamcache.http.Listener;
import streamcache.http.PlayHandler;
import streamcache.http.Router;
import streamcache.link.LinkCodec;
import streamcache.metrics.EventLog;
import streamcache.metrics.Meters;
import streamcache.metrics.Observers;
import streamcache.origin.AddressPolicy;
import streamcache.origin.EgressPolicy;
import streamcache.origin.HttpOrigin;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Handler;
import streamcache.playback.Headers;
import streamcache.playback.Playbacks;
import streamcache.settings.FillSettings;
import streamcache.settings.ListenSettings;
import streamcache.settings.StoreSettings;
import streamcache.store.Store;
import streamcache.store.StoreException;
import streamcache.store.StoreUsage;

/**
 * The whole product, wired: the one place where rooms are put together. Opened and closed by {@link
 * Main} or by a test; closing stops accepting, lets players finish, ends fetches, checkpoints.
 */
public final class Server implements AutoCloseable {

  /** User-Agent when neither the link nor the player brings one. */
  static final String AGENT = "Streamcache/1.0";

  private final Store store;
  private final HttpOrigin origin;
  private final Fills fills;
  private final Listener listener;

  private Server(Store store, HttpOrigin origin, Fills fills, Listener listener) {
    this.store = store;
    this.origin = origin;
    this.fills = fills;
    this.listener = listener;
  }

  /**
   * Opens the store, then the port.
   *
   * @throws StoreException the folder cannot be used; the message says why and what to do
   * @throws IOException the port cannot be listened on
   */
  public static Server start(
      StoreSettings storeSettings, FillSettings fillSettings, ListenSettings listenSettings)
      throws IOException {
    Meters meters = new Meters();
    Observers observers = new Observers(meters, new EventLog());
    Store store = Store.open(storeSettings, observers);
    meters.watch(store::usage);
    AtomicInteger port = new AtomicInteger(listenSettings.port());
    AddressPolicy policy = new EgressPolicy(fillSettings.egress(), port::get);
    HttpOrigin origin = new HttpOrigin(fillSettings, policy, AGENT);
    Fills fills = new Fills(store, origin, fillSettings, observers);
    Playbacks playbacks =
        new Playbacks(store, fills, fillSettings, observers, InstantSource.system());
    Handler router =
        new Router(
            new PlayHandler(new LinkCodec(), playbacks),
            Map.of(
                "/metrics", exchange -> text(exchange, 200, meters.scrape()),
                "/healthz", exchange -> health(exchange, store.usage())));
    try {
      Listener listener = Listener.start(listenSettings, router);
      port.set(listener.address().getPort());
      return new Server(store, origin, fills, listener);
    } catch (IOException e) {
      fills.close();
      origin.close();
      store.close();
      throw e;
    }
  }

  /** Where it listens, with the port the system chose if 0 was asked for. */
  public InetSocketAddress address() {
    return listener.address();
  }

  public StoreUsage usage() {
    return store.usage();
  }

  /** A store in trouble still plays films: healthy, and said aloud. */
  private static void health(Exchange exchange, StoreUsage usage) throws ClientGone {
    text(exchange, 200, usage.takesBytes() ? "ok\n" : "ok, but the store takes no bytes\n");
  }

  private static void text(Exchange exchange, int status, String body) throws ClientGone {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.head(
        status,
        new Headers()
            .add("Content-Type", "text/plain; charset=utf-8")
            .add("Content-Length", Integer.toString(bytes.length))
            .add("Cache-Control", "no-store"));
    if (!exchange.request().method().equals("HEAD")) {
      exchange.body(ByteBuffer.wrap(bytes));
    }
    exchange.end();
  }

  @Override
  public void close() {
    listener.close();
    fills.close();
    origin.close();
    store.close();
  }
}
