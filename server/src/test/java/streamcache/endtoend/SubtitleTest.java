package streamcache.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.testkit.Answer;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.Content;
import streamcache.testkit.Cut;
import streamcache.testkit.FakeClock;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.Script.Framing;
import streamcache.testkit.Script.Ranges;

/** Subtitles pass and are kept; other texts do not, whatever their links say. */
final class SubtitleTest {

  private static final int MOST = 5 << 20;
  private static final String SRT = "1\r\n00:00:01,000 --> 00:00:02,500\r\nGood evening.\r\n\r\n";
  private static final String VLC = "User-Agent: VLC/3.0.24 LibVLC/3.0.24";

  /** A subtitle as providers have it. */
  private record Kind(String path, String beginning, String type) {
    @Override
    public String toString() {
      return path + " " + beginning.substring(0, Math.min(12, beginning.length())).strip();
    }
  }

  private static List<Kind> kinds() {
    List<Kind> kinds = new ArrayList<>();
    kinds.add(new Kind("/a.srt", SRT, "application/x-subrip"));
    kinds.add(new Kind("/a.SRT?token=x", SRT, "application/x-subrip"));
    kinds.add(new Kind("/get.php?id=5&file=a.srt", SRT, "application/x-subrip"));
    kinds.add(new Kind("/tiny.srt", "1\n0:00:01,0 --> 0:00:02,0\nA", "application/x-subrip"));
    kinds.add(new Kind("/tiny.vtt", "WEBVTT", "text/vtt"));
    kinds.add(
        new Kind("/a.vtt", "WEBVTT\n\nNOTE by hand\n\n00:01.000 --> 00:02.000\n", "text/vtt"));
    kinds.add(new Kind("/a.vtt", "\ufeffWEBVTT - Title\n\n", "text/vtt"));
    kinds.add(new Kind("/a.ass", "[Script Info]\nTitle: x\nScriptType: v4.00+\n", "text/x-ssa"));
    kinds.add(new Kind("/a.ssa", "; by hand\n[Script Info]\nTitle: x\n", "text/x-ssa"));
    kinds.add(new Kind("/a.sub", "{0}{25}Good evening.\n", "text/x-microdvd"));
    kinds.add(new Kind("/b.sub", "[10][25]Good evening.\n", "text/x-microdvd"));
    kinds.add(new Kind("/c.sub", "[INFORMATION]\n[TITLE]x\n", "text/x-microdvd"));
    kinds.add(new Kind("/d.sub", "00:00:01.00,00:00:02.00\nGood evening.\n", "text/x-microdvd"));
    kinds.add(
        new Kind("/a.idx", "# VobSub index file, v7 (do not change)\n", "application/x-vobsub"));
    return kinds;
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void subtitle_ofEveryKind_isPassedAndKept(Kind kind) throws IOException {
    for (String declared :
        new String[] {"text/plain", "application/octet-stream", "text/html", ""}) {
      String path = kind.path.replaceFirst("\\?.*", "");
      Content content = Content.ofBytes(kind.beginning.getBytes(UTF_8));
      try (Rig rig = Rig.start()) {
        rig.serve(path, Script.of(content).type(declared.isEmpty() ? null : declared));
        for (int run = 0; run < 2; run++) {
          Answer answer = rig.get(kind.path);
          assertThat(answer.status()).isEqualTo(200);
          answer.check(content, 0, content.length());
          assertThat(answer.header("Content-Type")).contains(kind.type);
          rig.get(kind.path, "Range: bytes=2-3").check(content, 2, 4);
          assertThat(rig.head(kind.path).header("Content-Type")).contains(kind.type);
          rig.restart();
        }
        assertThat(rig.get(kind.path).header("X-Cache")).contains("HIT");
        assertThat(rig.origin().requests(path)).hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void subtitle_inAnyFraming_isPassedAndKept(Framing framing) throws IOException {
    for (Ranges ranges : Ranges.values()) {
      for (String encoding : List.of("UTF-8", "ISO-8859-1", "UTF-16LE", "UTF-16BE", "UTF-16")) {
        byte[] text = (SRT + "2\r\n00:00:03,000 --> 00:00:04,000\r\nÄrger.\r\n").getBytes(encoding);
        Content content = Content.ofBytes(text);
        try (Rig rig = Rig.start()) {
          rig.serve(
              "/a.srt", Script.of(content).ranges(ranges).framing(framing).type("text/plain"));
          rig.get("/a.srt").check(content, 0, content.length());
          rig.get("/a.srt").check(content, 0, content.length());
          assertThat(rig.origin().requests("/a.srt")).hasSize(1);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/Film.srt", "/Film.de.SRT", ".srt", "//Film.srt/"})
  void subtitle_namedByTheLinkOnly_isPassed(String name) throws IOException {
    Content content = Content.ofBytes(SRT.getBytes(UTF_8));
    try (Rig rig = Rig.start().serve("/download", Script.of(content).type("text/plain"))) {
      Answer answer = RawClient.get(rig.address(), rig.link("/download") + name);

      answer.check(content, 0, content.length());
      assertThat(answer.header("Content-Type")).contains("application/x-subrip");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/a.mkv",
    "/a.txt",
    "/a.nfo",
    "/a",
    "/srt",
    "/a.srt.txt",
    "/a.srtx",
    "/a.smi",
    "/a.srt/b",
  })
  void subtitle_behindALinkThatIsNotOfOne_isNoFilm(String path) throws IOException {
    Content content = Content.ofBytes(SRT.repeat(50).getBytes(UTF_8));
    try (Rig rig = Rig.start().serve(path, Script.of(content).type("text/plain"))) {
      expectRefused(rig, path);
    }
  }

  private static List<String> others() {
    return List.of(
        "<!DOCTYPE html><html><body>00:00:01,000 --> 00:00:02,000</body></html>",
        "\ufeff  <html><!-- 00:00:01,000 --> WEBVTT</html>",
        "<?xml version='1.0'?><tt/>",
        "{\"error\": \"limit at 10:20:30,000 --> later\"}",
        "[{\"error\": 1}]",
        "[]",
        "{}",
        "#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1/a.ts\n",
        "Not Found\n",
        "Too many requests --> try again\n",
        "root:x:0:0:root:/root:/bin/sh\n",
        "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n",
        "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR",
        "\u001f\u008b\b\0\0\0",
        "PK\u0003\u0004\u0014\0");
  }

  @ParameterizedTest
  @MethodSource("others")
  void otherFile_behindTheLinkOfASubtitle_isRefused(String body) throws IOException {
    for (String name : List.of("/a.srt", "/a.vtt", "/a.ass", "/a.sub", "/a.idx")) {
      for (String type : List.of("text/vtt", "application/x-subrip", "text/plain", "video/mp4")) {
        byte[] bytes = body.startsWith("\ufeff") ? body.getBytes(UTF_8) : body.getBytes(ISO_8859_1);
        try (Rig rig = Rig.start()) {
          rig.serve(name, Script.of(Content.ofBytes(bytes)).type(type));
          expectRefused(rig, name);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF_16LE", "UTF_16BE"})
  void page_inWideLetters_isRefused(String encoding) throws IOException {
    String page = "\ufeff<html>00:00:01,000 --> 00:00:02,000</html>";
    byte[] bytes = page.getBytes(encoding.endsWith("LE") ? UTF_16LE : UTF_16BE);
    try (Rig rig = Rig.start().serve("/a.srt", Script.of(Content.ofBytes(bytes)))) {
      expectRefused(rig, "/a.srt");
    }
  }

  private static void expectRefused(Rig rig, String path) throws IOException {
    Answer answer = rig.get(path);
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.header("Content-Type").orElseThrow()).startsWith("text/plain");
    assertThat(rig.usedBytes()).isZero();
  }

  /** No player could show a video in place of a subtitle. */
  @Test
  void subtitle_gone_isNoClip() throws IOException {
    try (Rig rig = Rig.start().serve("/a.srt", Script.status(404))) {
      assertThat(rig.get("/a.srt", VLC, "Range: bytes=0-9").status()).isEqualTo(404);
      assertThat(RawClient.get(rig.address(), rig.link("/a.srt"), VLC).status()).isEqualTo(404);
    }
  }

  private static Content longText(int length) {
    byte[] text = SRT.repeat(length / SRT.length() + 1).getBytes(UTF_8);
    return Content.ofBytes(Arrays.copyOf(text, length));
  }

  @ParameterizedTest
  @EnumSource
  void text_ofTheMostBytes_isPassed(Framing framing) throws IOException {
    Content content = longText(MOST);
    try (Rig rig = Rig.start()) {
      rig.serve("/a.srt", Script.of(content).framing(framing).ranges(Ranges.UNKNOWN));
      rig.get("/a.srt").check(content, 0, MOST);
    }
  }

  @Test
  void text_longerThanASubtitle_isRefused() throws IOException {
    try (Rig rig = Rig.start().serve("/a.srt", Script.of(longText(MOST + 1)))) {
      assertThat(rig.get("/a.srt").status()).isEqualTo(502);
      assertThat(rig.usedBytes()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CHUNKED", "CLOSE"})
  void text_thatGoesOnAndOn_isCut(Framing framing) throws IOException {
    Content content = longText(2 * MOST);
    try (Rig rig = Rig.start()) {
      rig.serve("/a.srt", Script.of(content).framing(framing).ranges(Ranges.UNKNOWN));

      Answer answer = rig.get("/a.srt");

      assertThat(answer.ending()).isNotEqualTo(BodyEnd.CLEAN);
      assertThat((long) answer.body().length).isLessThanOrEqualTo(MOST);
    }
  }

  @Test
  void subtitle_cutShort_isResumed() throws IOException {
    Content content = longText(300_000);
    try (Rig rig = Rig.start()) {
      Script script = Script.of(content).type("text/plain");
      rig.serve("/a.srt", script.onRequest(1, first -> first.cutAfter(100_000, Cut.RESET)));

      rig.get("/a.srt").check(content, 0, content.length());

      assertThat(rig.origin().requests("/a.srt")).hasSize(2);
    }
  }

  /** A short film may be a clip that says "not ready" and is asked for again; a text is none. */
  @Test
  void subtitle_playedAgain_isNotAskedForLikeAClip() throws IOException {
    FakeClock clock = new FakeClock().setWall(Instant.now().plusSeconds(30));
    Content film = Content.of(5, 300_000);
    try (Rig rig = Rig.at(clock, Rig.fill())) {
      rig.serve("/a.srt", Script.of(longText(3000)).type("text/plain"))
          .serve("/clip.mkv", Script.of(film));
      rig.get("/a.srt");
      rig.get("/clip.mkv");
      clock.advance(Duration.ofMinutes(10));

      rig.get("/a.srt");
      rig.get("/clip.mkv");

      rig.origin().awaitRequests("/clip.mkv", 2);
      assertThat(rig.origin().requests("/a.srt")).hasSize(1);
      clock.advance(Duration.ofHours(13));
      rig.get("/a.srt").check(longText(3000), 0, 3000);
      rig.origin().awaitRequests("/a.srt", 2);
    }
  }
}
