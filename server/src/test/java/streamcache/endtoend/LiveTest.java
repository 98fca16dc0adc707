package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.testkit.Answer;
import streamcache.testkit.AnswerHead;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Cut;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.StreamLimit;
import streamcache.testkit.live.ChannelPacket;
import streamcache.testkit.live.ChannelViewer;
import streamcache.testkit.live.TestChannel;

/** Live channels: any number of viewers on one connection, and nothing of them is kept. */
final class LiveTest {

  private static final String ONE = "/live/joe/secret/1.ts";
  private static final String TWO = "/live/joe/secret/2.ts";
  private static final int SECOND = ChannelPacket.A_SECOND;

  private final TestChannel channel = new TestChannel();

  private static ChannelViewer watch(Rig rig, String path, String... headers) throws IOException {
    return ChannelViewer.open(rig.address(), 0, rig.link(path), headers);
  }

  private static List<Path> media(Rig rig) throws IOException {
    try (Stream<Path> files = Files.walk(rig.cache().resolve("media"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void play_severalViewers_shareOneConnectionAndLeaveNothing() throws IOException {
    try (Rig rig = Rig.start()) {
      rig.origin().on(ONE, channel);
      try (ChannelViewer first = watch(rig, ONE)) {
        channel.awaitTuned(1);
        first.awaitPacket(channel.air(SECOND));
        List<ChannelViewer> more = new ArrayList<>();
        for (int viewer = 0; viewer < 4; viewer++) {
          more.add(watch(rig, ONE));
        }
        for (ChannelViewer viewer : more) {
          assertThat(viewer.awaitHead().status()).isEqualTo(200);
        }
        long last = channel.air(SECOND);
        for (ChannelViewer viewer : more) {
          assertThat(viewer.awaitPacket(last).skipped()).isZero();
          viewer.close();
        }
        assertThat(first.awaitPacket(last).first()).isZero();
        assertThat(first.skipped()).isZero();
      }
      assertThat(rig.origin().requests(ONE)).hasSize(1);
      assertThat(media(rig)).isEmpty();
      assertThat(rig.usedBytes()).isZero();
    }
  }

  /** Until the change, the next viewer began with the first byte that was ever received. */
  @Test
  void play_channelIsOn_beginsAtATableBeforeAPictureNearTheEdge() throws IOException {
    try (Rig rig = Rig.start()) {
      rig.origin().on(ONE, channel);
      long begun = channel.air(ChannelPacket.PICTURE_EVERY / 2) + 1;
      try (ChannelViewer first = watch(rig, ONE)) {
        channel.awaitTuned(1);
        // Before there is a picture, so that it begins with the first packet.
        first.awaitPacket(channel.air(10));
        first.awaitPacket(channel.air(SECOND));
        try (ChannelViewer second = watch(rig, ONE)) {
          second.awaitPacket(channel.air(1));
          assertThat(second.first()).isEqualTo(ChannelPacket.PICTURE_EVERY);
        }
        assertThat(first.first()).isEqualTo(begun);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "bytes=0-", "bytes=0-1", "bytes=500-", "bytes=-500", "bytes=0-1,4-5"})
  void play_anyRange_isAnsweredWithTheBroadcast(String range) throws IOException {
    String field = range.isEmpty() ? "X-None: 1" : "Range: " + range;
    try (Rig rig = Rig.start()) {
      rig.origin().on(ONE, channel);
      try (ChannelViewer viewer = watch(rig, ONE, field, "If-None-Match: *")) {
        channel.awaitTuned(1);
        viewer.awaitPacket(channel.air(100));
        AnswerHead head = viewer.awaitHead();
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.headers().first("Content-Type")).contains("video/mp2t");
        assertThat(head.headers().first("X-Cache")).contains("PASS");
        assertThat(head.headers().first("ETag")).isEmpty();
        assertThat(head.headers().first("Content-Length")).isEmpty();
        assertThat(head.headers().first("Content-Range")).isEmpty();
        assertThat(head.headers().first("Accept-Ranges")).contains("none");
      }
      assertThat(rig.origin().requests(ONE).getFirst().range()).isEmpty();
    }
  }

  /** Players that ask for the head first do not cost a second connection. */
  @Test
  void head_thenPlay_sharesTheConnection() throws Exception {
    try (Rig rig = Rig.start()) {
      rig.origin().on(ONE, channel);
      Thread aired =
          Thread.ofVirtual()
              .start(() -> {
                channel.awaitTuned(1);
                channel.air(100);
              });
      Answer head = rig.head(ONE);
      aired.join();
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("Content-Length")).isEmpty();
      assertThat(head.header("Content-Type")).contains("video/mp2t");
      try (ChannelViewer viewer = watch(rig, ONE)) {
        assertThat(viewer.awaitHead().status()).isEqualTo(200);
        viewer.awaitPacket(channel.air(100));
      }
      assertThat(rig.origin().requests(ONE)).hasSize(1);
    }
  }

  @Test
  void play_oneViewerStalls_othersGoOnAndItIsDroppedForward() throws IOException {
    try (Rig rig = Rig.start()) {
      rig.origin().on(ONE, channel);
      try (ChannelViewer stalled = ChannelViewer.open(rig.address(), 8192, rig.link(ONE));
          ChannelViewer other = watch(rig, ONE)) {
        channel.awaitTuned(1);
        long last = channel.air(SECOND);
        stalled.awaitPacket(last);
        stalled.pause();
        for (int second = 0; second < 90; second++) {
          last = channel.air(SECOND);
          other.awaitPacket(last);
        }
        stalled.resume();
        stalled.awaitPacket(last);
        assertThat(stalled.skipped()).isGreaterThan(10L * SECOND);
        assertThat(other.skipped()).isZero();
      }
      assertThat(rig.origin().requests(ONE)).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void play_providerCuts_isContinued(boolean clean) throws IOException {
    try (Rig rig = Rig.start()) {
      rig.origin().on(ONE, channel);
      try (ChannelViewer viewer = watch(rig, ONE)) {
        channel.awaitTuned(1);
        viewer.awaitPacket(channel.air(1000));
        if (clean) {
          channel.end();
        } else {
          rig.origin().cutAll(Cut.RESET);
        }
        channel.awaitTuned(2);
        viewer.awaitPacket(channel.air(1000));
        assertThat(viewer.skipped()).isZero();
      }
    }
  }

  /** An account with one connection: the channel that was left gives way at once. */
  @Test
  void zap_oneConnection_newChannelWithinASecond() throws IOException {
    TestChannel other = new TestChannel();
    StreamLimit limit = StreamLimit.of(1, 403);
    try (Rig rig = Rig.start()) {
      rig.origin().on(ONE, channel).on(TWO, other).budget(limit);
      try (ChannelViewer viewer = watch(rig, ONE)) {
        channel.awaitTuned(1);
        viewer.awaitPacket(channel.air(SECOND));
      }
      try (ChannelViewer viewer = watch(rig, TWO)) {
        long left = System.nanoTime();
        other.awaitTuned(1);
        long asked = rig.origin().awaitRequests(TWO, 1).nanos();
        viewer.awaitPacket(other.air(100));
        assertThat(asked - left).isLessThan(5_000_000_000L);
      }
      assertThat(limit.refusals()).isZero();
      assertThat(rig.origin().requests()).hasSize(2);
    }
  }

  /** Until the change, an unattended channel evicted the only film. */
  @Test
  void play_cacheHoldsAFilm_filmStays() throws IOException {
    Content film = Content.of(/* seed= */ 3, 6 * Rig.MIB);
    try (Rig rig = Rig.start(8 * Rig.MIB)) {
      rig.serve("/film.mkv", Script.of(film)).origin().on(ONE, channel);
      try (CheckedStream player = rig.stream("/film.mkv", film)) {
        assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      }
      try (ChannelViewer viewer = watch(rig, ONE)) {
        channel.awaitTuned(1);
        for (int second = 0; second < 20; second++) {
          viewer.awaitPacket(channel.air(SECOND));
        }
      }
      rig.get("/film.mkv").check(film, 0, film.length());
      assertThat(rig.origin().requests("/film.mkv")).hasSize(1);
    }
  }

  /** A path that looks live and has a length is a file. */
  @Test
  void play_liveLinkWithALength_isKeptAsAFile() throws IOException {
    Content film = Content.of(/* seed= */ 4, Rig.MIB);
    try (Rig rig = Rig.start().serve(ONE, Script.of(film))) {
      rig.get(ONE).check(film, 0, film.length());
      Answer again = RawClient.get(rig.address(), rig.link(ONE));
      again.check(film, 0, film.length());
      assertThat(again.header("X-Cache")).contains("HIT");
      assertThat(rig.origin().requests(ONE)).hasSize(1);
    }
  }
}
