package streamcache.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MessageCodecTest {

  private static final List<ClusterMessage> ALL =
      List.of(
          new ClusterMessage.Report(
              "view 2",
              "view 1",
              Set.of(new AccountKey(1), new AccountKey(-2)),
              1500,
              List.of(new ClusterMessage.Loss("three", 12_000)),
              Map.of("BASE_URL", "digest")),
          new ClusterMessage.Beat("view 2", -7, Map.of(1L, 2L, 3L, -4L)),
          new ClusterMessage.Lessons(Map.of("host:80~abc123", " seen=1 cool-down=2000")),
          new ClusterMessage.Leaving(),
          new ClusterMessage.Died("two", 42));

  @Test
  void decode_whatWasEncoded_isTheSame() {
    for (ClusterMessage message : ALL) {
      assertThat(MessageCodec.decode(MessageCodec.encode(message))).contains(message);
    }
  }

  @Test
  void decode_unknownKindOrPart_isSkipped() {
    byte[] whole = MessageCodec.encode(ALL.getFirst());
    byte[] part = new byte[whole.length - 1];
    System.arraycopy(whole, 0, part, 0, part.length);

    assertThat(MessageCodec.decode(new byte[] {99})).isEmpty();
    assertThat(MessageCodec.decode(new byte[0])).isEmpty();
    assertThat(MessageCodec.decode(part)).isEmpty();
  }
}
