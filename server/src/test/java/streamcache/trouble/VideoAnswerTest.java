package streamcache.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamcache.playback.ClientGone;
import streamcache.playback.Headers;
import streamcache.playback.RecordedExchange;
import streamcache.playback.Request;
import streamcache.playback.Unreadable;
import streamcache.testkit.Content;

/** A player that has its whole response may open the title again immediately. */
final class VideoAnswerTest {

  private static final Content VIDEO = Content.of(/* seed= */ 7, 1000);

  @TempDir Path folder;

  /** Found under load: the next request arrived before the old one had ended, and got the clip. */
  @ParameterizedTest
  @CsvSource({"bytes=0-, 999", "bytes=0-0, 0", "bytes=10-19, 9", "none, 999"})
  void send_toTheEnd_isReadBeforeThePlayerHasTheLastByte(String range, int bytes) throws Exception {
    RecordedExchange exchange = new RecordedExchange(request("GET", range));
    assertThat(readAt(exchange)).containsExactly(bytes);
    assertThat(exchange.bytes()).hasSize(bytes + 1);
    assertThat(exchange.isEnded()).isTrue();
  }

  @Test
  void send_head_isReadBeforeTheAnswer() throws Exception {
    RecordedExchange exchange = new RecordedExchange(request("HEAD", "none"));
    assertThat(readAt(exchange)).containsExactly(0);
    assertThat(exchange.status()).isEqualTo(200);
    assertThat(exchange.headers().first("Content-Length")).contains("1000");
    assertThat(exchange.bytes()).isEmpty();
  }

  /** How many bytes the player had when the response counted as read. */
  private List<Integer> readAt(RecordedExchange exchange)
      throws IOException, ClientGone, Unreadable {
    List<Integer> readAt = new ArrayList<>();
    Path file = Files.write(folder.resolve("video.mp4"), VIDEO.bytes());
    try (FileChannel open = FileChannel.open(file)) {
      Video video = new Video.Own(open, VIDEO.length(), "\"tag\"", "video/mp4");
      VideoAnswer.send(
          exchange, video, OptionalInt.empty(), () -> readAt.add(exchange.bytes().length));
    }
    return readAt;
  }

  private static Request request(String method, String range) {
    Headers headers = new Headers().add("User-Agent", "VLC/3.0");
    if (!range.equals("none")) {
      headers.add("Range", range);
    }
    return new Request(
        "r1", method, "/u/x", headers, /* http11= */ true, InetAddress.getLoopbackAddress());
  }
}
