package streamcache.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import streamcache.playback.Handler;
import streamcache.settings.ListenSettings;
import streamcache.testkit.RawClient;

/** A listener for one test on its own port, with short limits where the test needs them. */
final class Served implements AutoCloseable {

  static final Limits PATIENT =
      new Limits(
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofMillis(500),
          Duration.ofSeconds(2),
          64 << 10,
          /* connectionsMax= */ 1000,
          /* bufferBytesMax= */ 64 << 20);

  static {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
  }

  private final Listener listener;

  private Served(Listener listener) {
    this.listener = listener;
  }

  static Served by(Handler handler, Transport transport) throws IOException {
    return by(handler, transport, PATIENT);
  }

  static Served by(Handler handler, Transport transport, Limits limits) throws IOException {
    return new Served(Listener.start(settings(), Optional.empty(), handler, transport, limits));
  }

  static ListenSettings settings() {
    return new ListenSettings(
        "127.0.0.1", 0, Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(5), "");
  }

  Listener listener() {
    return listener;
  }

  InetSocketAddress address() {
    return listener.address();
  }

  RawClient client() throws IOException {
    return RawClient.connect(address());
  }

  /** Also checks that every buffer was returned to the pool. */
  @Override
  public void close() {
    listener.close();
    assertThat(listener.bufferBytesInUse()).as("bytes of buffers that leaked").isZero();
  }
}
