package streamcache.fill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.link.TitleKey;
import streamcache.settings.EvictionPolicy;
import streamcache.settings.StoreSettings;
import streamcache.store.Generation;
import streamcache.store.GenerationFacts;
import streamcache.store.Reader;
import streamcache.store.Store;
import streamcache.store.Title;

/** A client in the middle of a file keeps it; a client that begins gets the new one. */
final class SuccessionTest {

  private static final long STAYS = Succession.STAYS.toNanos();
  private static final long BEGUN = Long.MAX_VALUE - Duration.ofSeconds(10).toNanos();

  @TempDir Path folder;

  private Store store;
  private Title title;
  private Generation before;
  private Succession succession;

  @BeforeEach
  void open() throws IOException {
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
    title = store.title(new TitleKey("abcdefghijklmnopqrstuvwxyz"));
    before = title.begin(facts());
    before.write(0, ByteBuffer.allocateDirect(1000));
    succession = new Succession(before, BEGUN);
    title.begin(facts());
  }

  @AfterEach
  void close() {
    title.close();
    store.close();
  }

  private static GenerationFacts facts() {
    return new GenerationFacts(
        OptionalLong.of(1000),
        Optional.empty(),
        Optional.empty(),
        "video/x-matroska",
        Optional.empty(),
        "Film.mkv",
        "host",
        "host",
        Optional.empty());
  }

  private static ClientId client(String agent) {
    return ClientId.of(InetAddress.getLoopbackAddress(), Optional.of(agent));
  }

  private boolean isOld(String client, boolean begins) {
    Optional<Held> held = succession.join(client(client), begins, BEGUN);
    held.ifPresent(Held::close);
    return held.isPresent();
  }

  @Test
  void middle_isTheOldFileUntilItsPlayerBegins() {
    assertThat(isOld("a", /* begins= */ false)).isTrue();
    assertThat(isOld("b", /* begins= */ true)).isFalse();
    assertThat(isOld("b", /* begins= */ false)).isFalse();
    assertThat(isOld("a", /* begins= */ false)).isTrue();
    assertThat(isOld("a", /* begins= */ true)).isFalse();
    assertThat(isOld("a", /* begins= */ false)).isFalse();
    succession.end();
  }

  @Test
  void quietForAMinute_isOver() {
    assertThat(succession.isOver(BEGUN + STAYS - 1)).isFalse();
    assertThat(succession.isOver(BEGUN + STAYS)).isTrue();
    assertThat(isOld("a", /* begins= */ false)).isFalse();
    assertThat(before.readers()).isZero();
  }

  /** Some players use one request for a film and seek only two hours later. */
  @Test
  void openStream_keepsItForAMinuteMore() {
    Reader player = before.reader(0);
    assertThat(succession.isOver(BEGUN + 100 * STAYS)).isFalse();
    player.close();
    assertThat(succession.isOver(BEGUN + 101 * STAYS - 1)).isFalse();
    assertThat(succession.isOver(BEGUN + 101 * STAYS)).isTrue();
  }

  @Test
  void anyNumberOfClients_endIt() {
    for (int client = 0; client <= Succession.MOST_CLIENTS; client++) {
      assertThat(isOld("client " + client, /* begins= */ true)).isFalse();
    }
    assertThat(isOld("a", /* begins= */ false)).isFalse();
    succession.end();
  }
}
