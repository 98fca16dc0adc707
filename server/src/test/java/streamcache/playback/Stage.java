package streamcache.playback;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import streamcache.link.BadLink;
import streamcache.link.Link;
import streamcache.link.LinkCodec;
import streamcache.settings.AdmissionPolicy;
import streamcache.settings.EgressSettings;
import streamcache.settings.EvictionPolicy;
import streamcache.settings.FillSettings;
import streamcache.settings.ProviderBlocks;
import streamcache.settings.RedirectPolicy;
import streamcache.settings.StoreSettings;
import streamcache.store.Generation;
import streamcache.store.GenerationFacts;
import streamcache.store.Store;
import streamcache.store.Title;
import streamcache.testkit.Content;

/** One title in a real store, and a player that does not wait. */
final class Stage implements AutoCloseable {

  static final int SIZE = 300_000;

  private static final InetAddress CLIENT = InetAddress.getLoopbackAddress();

  final Content film = Content.of(/* seed= */ 5, SIZE);
  final FakeDemand demand = new FakeDemand();
  final Store store;
  final Link link;
  final Title title;

  Stage(Path folder) throws IOException, BadLink {
    store =
        Store.open(
            new StoreSettings(
                folder,
                OptionalLong.of(1 << 30),
                OptionalLong.empty(),
                /* minFreeBytes= */ 0,
                Duration.ofMinutes(1),
                /* progressFlushBytes= */ 256 << 10,
                EvictionPolicy.HEADS),
            _ -> {});
    link = new LinkCodec().decode(new LinkCodec().encode("http://host.example/film.mkv"));
    title = store.title(link.key());
  }

  /** Every wait is zero: what is not available at once fails. */
  static FillSettings impatient() {
    return new FillSettings(
        20 << 20,
        /* followerWaitMax= */ Duration.ZERO,
        /* answerWithin= */ Duration.ZERO,
        /* firstByteWithin= */ Duration.ZERO,
        /* placeWaitMax= */ Duration.ZERO,
        Duration.ofMinutes(1),
        OptionalInt.empty(),
        /* verifyTls= */ true,
        new EgressSettings(List.of(), List.of(), List.of(), RedirectPolicy.ANY),
        /* completeAfter= */ 0,
        /* completeScans= */ false,
        AdmissionPolicy.FIRST,
        Duration.ofHours(12),
        ProviderBlocks.NONE);
  }

  static Request request(String method, String... fields) {
    Headers headers = new Headers();
    for (String field : fields) {
      String[] parts = field.split(": ", 2);
      headers.add(parts[0], parts[1]);
    }
    return new Request("id", method, "/u/x", headers, /* http11= */ true, CLIENT);
  }

  Asked asked(boolean mayBegin) {
    return new Asked(link, CLIENT, /* isTrusted= */ true, () -> mayBegin, () -> {});
  }

  Patience patience(Request request) {
    return new Patience(new Waits(() -> 0), impatient(), request, asked(/* mayBegin= */ true));
  }

  /** Begins a new generation of the title. */
  Generation begin(OptionalLong total) {
    return title.begin(
        new GenerationFacts(
            total,
            Optional.of("\"v1\""),
            Optional.empty(),
            "video/x-matroska",
            Optional.empty(),
            "film.mkv",
            "host.example:80",
            "host.example",
            Optional.empty()));
  }

  /** Gives up all bytes of the title. */
  void abandon(Generation generation) {
    title.abandon(generation);
  }

  /** Writes bytes to the store, as a connection would. */
  void arrives(Generation generation, long start, int count) {
    ByteBuffer data = ByteBuffer.allocateDirect(count);
    data.put(film.bytes(start, count)).flip();
    try {
      generation.write(start, data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    title.close();
    store.close();
  }
}
