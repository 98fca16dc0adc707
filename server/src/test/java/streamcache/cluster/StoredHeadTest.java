package streamcache.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import streamcache.origin.Facts;
import streamcache.playback.Headers;

/** What a node says of stored bytes arrives as it was said. */
final class StoredHeadTest {

  private static final Facts FULL =
      new Facts(
          OptionalLong.of(1L << 40),
          Optional.of("\"a.b;c\""),
          Optional.of("Tue, 01 Jan 2030 00:00:00 GMT"),
          Optional.of("video/mp4"),
          Optional.of("attachment; filename=\"Film \u00fc\u4e16 1.mkv\""),
          /* ranges= */ true,
          "cdn.example",
          Optional.of(Instant.ofEpochSecond(1_700_000_000)),
          /* isPlaced= */ true,
          /* age= */ 77);

  private static final Facts BARE =
      new Facts(
          OptionalLong.of(0),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          /* ranges= */ false,
          "host");

  private static RelayHead with(String value) {
    return new RelayHead(206, new Headers().add(StoredHead.FIELD, value));
  }

  @Test
  void sealed_isReadAsItWas() {
    for (Facts facts : new Facts[] {FULL, BARE}) {
      StoredHead head = new StoredHead("\"id-1\"", 1_600_000_000, 4711, facts);

      assertThat(head.sealed()).matches("[A-Za-z0-9._-]+");
      assertThat(StoredHead.of(with(head.sealed()))).contains(head);
    }
  }

  @Test
  void of_whatAnotherVersionWrote_isNothing() {
    String sealed = new StoredHead("\"id-1\"", 1, 2, FULL).sealed();

    assertThat(StoredHead.of(with("2" + sealed.substring(1)))).isEmpty();
    assertThat(StoredHead.of(with(sealed + ".eA"))).isEmpty();
    assertThat(StoredHead.of(with("1.!.!.!.!.!.!.!.!.!.!.!.!"))).isEmpty();
    assertThat(StoredHead.of(new RelayHead(404, new Headers()))).isEmpty();
  }
}
