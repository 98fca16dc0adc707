package streamcache.cluster;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Messages as bytes. A kind that this version does not know is skipped. Pure. */
final class MessageCodec {

  private static final byte REPORT = 1;
  private static final byte BEAT = 2;
  private static final byte LEAVING = 3;
  private static final byte DIED = 4;
  private static final byte LESSONS = 5;

  /** More than a message of this program ever holds of anything. */
  private static final int MOST = 1 << 20;

  private MessageCodec() {}

  static byte[] encode(ClusterMessage message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      switch (message) {
        case ClusterMessage.Report report -> write(report, out);
        case ClusterMessage.Beat beat -> write(beat, out);
        case ClusterMessage.Leaving _ -> out.writeByte(LEAVING);
        case ClusterMessage.Lessons(Map<String, String> profiles) -> {
          out.writeByte(LESSONS);
          write(profiles, out);
        }
        case ClusterMessage.Died(String node, long run) -> {
          out.writeByte(DIED);
          out.writeUTF(node);
          out.writeLong(run);
        }
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static void write(ClusterMessage.Report report, DataOutputStream out) throws IOException {
    out.writeByte(REPORT);
    out.writeUTF(report.view());
    out.writeUTF(report.previous());
    out.writeInt(report.busy().size());
    for (AccountKey account : report.busy()) {
      out.writeLong(account.digest());
    }
    out.writeLong(report.closedFor());
    out.writeInt(report.lost().size());
    for (ClusterMessage.Loss loss : report.lost()) {
      out.writeUTF(loss.node());
      out.writeLong(loss.millis());
    }
    write(report.settings(), out);
  }

  private static void write(Map<String, String> texts, DataOutputStream out) throws IOException {
    out.writeInt(texts.size());
    for (Map.Entry<String, String> text : texts.entrySet()) {
      out.writeUTF(text.getKey());
      out.writeUTF(text.getValue());
    }
  }

  private static void write(ClusterMessage.Beat beat, DataOutputStream out) throws IOException {
    out.writeByte(BEAT);
    out.writeUTF(beat.view());
    out.writeLong(beat.stamp());
    out.writeInt(beat.echoes().size());
    for (Map.Entry<Long, Long> echo : beat.echoes().entrySet()) {
      out.writeLong(echo.getKey());
      out.writeLong(echo.getValue());
    }
  }

  /** Empty for a message that this version cannot read. */
  static Optional<ClusterMessage> decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return switch (in.readByte()) {
        case REPORT -> Optional.of(report(in));
        case BEAT -> Optional.of(beat(in));
        case LEAVING -> Optional.of(new ClusterMessage.Leaving());
        case LESSONS -> Optional.of(new ClusterMessage.Lessons(texts(in)));
        case DIED -> Optional.of(new ClusterMessage.Died(in.readUTF(), in.readLong()));
        default -> Optional.empty();
      };
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static ClusterMessage report(DataInputStream in) throws IOException {
    String view = in.readUTF();
    String previous = in.readUTF();
    Set<AccountKey> busy = new HashSet<>();
    for (int left = count(in); left > 0; left--) {
      busy.add(new AccountKey(in.readLong()));
    }
    long closedFor = in.readLong();
    List<ClusterMessage.Loss> lost = new ArrayList<>();
    for (int left = count(in); left > 0; left--) {
      lost.add(new ClusterMessage.Loss(in.readUTF(), in.readLong()));
    }
    return new ClusterMessage.Report(view, previous, busy, closedFor, lost, texts(in));
  }

  private static Map<String, String> texts(DataInputStream in) throws IOException {
    Map<String, String> texts = new HashMap<>();
    for (int left = count(in); left > 0; left--) {
      texts.put(in.readUTF(), in.readUTF());
    }
    return texts;
  }

  private static ClusterMessage beat(DataInputStream in) throws IOException {
    String view = in.readUTF();
    long stamp = in.readLong();
    Map<Long, Long> echoes = new HashMap<>();
    for (int left = count(in); left > 0; left--) {
      echoes.put(in.readLong(), in.readLong());
    }
    return new ClusterMessage.Beat(view, stamp, echoes);
  }

  private static int count(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > MOST) {
      throw new IOException("a count out of range");
    }
    return count;
  }
}
