package streamcache.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.testkit.live.ChannelPacket;

final class PacketAlignerTest {

  private static byte[] packets(int from, int to) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int number = from; number < to; number++) {
      all.writeBytes(ChannelPacket.of(number));
    }
    return all.toByteArray();
  }

  private static byte[] cut(byte[] stream, int piece) {
    PacketAligner aligner = new PacketAligner();
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (int at = 0; at < stream.length; at += piece) {
      ByteBuffer out =
          aligner.take(ByteBuffer.wrap(stream, at, Math.min(piece, stream.length - at)));
      byte[] bytes = new byte[out.remaining()];
      out.get(bytes);
      assertThat(bytes.length % ChannelPacket.BYTES).isZero();
      whole.writeBytes(bytes);
    }
    return whole.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 187, 188, 189, 376, 1000, 131_072})
  void take_piecesOfAnySize_wholePackets(int piece) {
    byte[] stream = packets(0, 300);
    assertThat(cut(stream, piece)).isEqualTo(stream);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 50, 187})
  void take_beginsInTheMiddleOfAPacket_restIsDropped(int missing) {
    byte[] stream = packets(0, 300);
    byte[] late = Arrays.copyOfRange(stream, missing, stream.length);
    assertThat(cut(late, 4000)).isEqualTo(packets(1, 300));
  }

  @Test
  void startOver_halfAPacket_isDropped() {
    PacketAligner aligner = new PacketAligner();
    var _ = aligner.take(ByteBuffer.wrap(packets(0, 2), 0, 300));
    assertThat(aligner.begun()).isEqualTo(300 - ChannelPacket.BYTES);
    aligner.startOver();
    ByteBuffer out = aligner.take(ByteBuffer.wrap(packets(9, 11)));
    assertThat(out).isEqualTo(ByteBuffer.wrap(packets(9, 11)));
  }
}
