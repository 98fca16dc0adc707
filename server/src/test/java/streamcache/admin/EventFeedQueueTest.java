package streamcache.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Headers;
import streamcache.playback.RecordedExchange;
import streamcache.playback.Request;
import streamcache.store.StoreEvent;

/** A reader that is too slow is dropped, and never makes a publisher wait. */
final class EventFeedQueueTest {

  @TempDir Path folder;

  /** Takes nothing after its first bytes until it is let go. */
  private static final class Slow implements Exchange {
    private final RecordedExchange taken;
    private final CountDownLatch hasEvent = new CountDownLatch(2);
    private final CountDownLatch goesOn = new CountDownLatch(1);

    Slow(Request request) {
      taken = new RecordedExchange(request);
    }

    @Override
    public Request request() {
      return taken.request();
    }

    @Override
    public void head(int status, Headers headers) {
      taken.head(status, headers);
    }

    @Override
    public void body(FileChannel file, long from, long to) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void body(ByteBuffer bytes) throws ClientGone {
      hasEvent.countDown();
      try {
        if (hasEvent.getCount() == 0 && !goesOn.await(30, TimeUnit.SECONDS)) {
          throw new ClientGone("the test forgot it");
        }
      } catch (InterruptedException e) {
        throw new ClientGone("interrupted");
      }
      taken.body(bytes);
    }

    @Override
    public long sent() {
      return taken.sent();
    }

    @Override
    public void end() {
      taken.end();
    }

    @Override
    public void abort() {}

    @Override
    public boolean isGone() {
      return false;
    }

    @Override
    public void onGone(Runnable action) {}
  }

  @Test
  void feed_slowReader_isDroppedWithALastEventThatSaysSo() throws Exception {
    Timeline timeline =
        new Timeline(folder, _ -> InetAddress.getLoopbackAddress(), InstantSource.system());
    Slow slow =
        new Slow(
            new Request(
                "r1",
                "GET",
                EventFeed.PATH,
                new Headers(),
                true,
                InetAddress.getLoopbackAddress()));
    try (EventFeed feed = new EventFeed(timeline, InstantSource.system())) {
      CompletableFuture<Boolean> isOver = new CompletableFuture<>();
      Thread reader =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  feed.send(slow, () -> true);
                  isOver.complete(true);
                } catch (ClientGone | ApiException e) {
                  isOver.completeExceptionally(e);
                }
              });
      // The first one or two, until it has been taken up.
      while (!slow.hasEvent.await(10, TimeUnit.MILLISECONDS)) {
        feed.accept(new StoreEvent.AtLimit());
      }
      for (int at = 0; at <= EventFeed.MOST_QUEUED; at++) {
        feed.accept(new StoreEvent.AtLimit());
      }
      slow.goesOn.countDown();
      assertThat(isOver.get(30, TimeUnit.SECONDS)).isTrue();
      reader.join();
    }

    String text = new String(slow.taken.bytes(), UTF_8);
    assertThat(text.substring(text.lastIndexOf("event: "))).startsWith("event: dropped\ndata: {");
    assertThat(text.split("event: store-at-limit", -1)).hasSize(2);
    assertThat(slow.taken.isEnded()).isTrue();
  }
}
