package streamcache.origin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.testkit.Content;
import streamcache.testkit.Script;
import streamcache.testkit.Script.Framing;
import streamcache.testkit.Script.Ranges;
import streamcache.testkit.ScriptedOrigin;

/** Only media is served: every type with every kind of beginning, from the start and the middle. */
final class FilmCheckTest {

  private static final List<String> MEDIA =
      List.of(
          "video/mp4",
          "video/x-matroska",
          "audio/mpeg",
          "application/octet-stream",
          "binary/octet-stream",
          "Video/MP4; charset=utf-8");

  private static final List<String> NO_MEDIA =
      List.of(
          "text/html",
          "text/plain",
          "application/json",
          "image/png",
          "application/zip",
          "application/x-msdownload",
          "application/pdf");

  private static final byte[] TEXT = Bodies.lengthened("top secret\n".repeat(100).getBytes(UTF_8));

  private final ScriptedOrigin provider =
      ScriptedOrigin.start().allow(10_000, "each type and size is asked for once");
  private final HttpOrigin origin = Fetches.origin();

  @AfterEach
  void closeAll() {
    origin.close();
    provider.close();
  }

  @Test
  void open_films_acceptedWithEveryType() throws OriginException {
    for (Map.Entry<String, byte[]> film : Bodies.films().entrySet()) {
      for (String type : types()) {
        assertThat(objection(film.getValue(), type)).as(film.getKey() + " as " + type).isEmpty();
      }
    }
  }

  @Test
  void open_whatIsNoFilm_refusedWithEveryTypeAndInEverySize() throws OriginException {
    for (Map.Entry<String, byte[]> body : Bodies.others().entrySet()) {
      for (String type : types()) {
        String what = body.getKey() + " as " + type;
        assertThat(objection(body.getValue(), type)).as(what).isNotEmpty();
        assertThat(objection(Bodies.lengthened(body.getValue()), type)).as(what).isNotEmpty();
      }
    }
    provider.awaitConnections(0);
  }

  @Test
  void open_unknownBytes_byTheirType() throws OriginException {
    for (String type : MEDIA) {
      assertThat(objection(Bodies.unknown(), type)).as(type).isEmpty();
    }
    for (String none : List.of("", "nonsense")) {
      assertThat(objection(Bodies.unknown(), none)).as("no type: " + none).isEmpty();
    }
    for (String type : NO_MEDIA) {
      assertThat(objection(Bodies.unknown(), type))
          .as(type)
          .contains("neither a media type nor a media file");
    }
  }

  /** However the body is framed, and even if only part of the beginning arrives at first. */
  @ParameterizedTest
  @ValueSource(strings = {"LENGTH", "CHUNKED", "CLOSE"})
  void open_textInAnyFraming_refused(String framing) {
    provider.serve(
        "/f",
        Script.of(Content.ofBytes(TEXT))
            .type("video/mp4")
            .ranges(Ranges.UNKNOWN)
            .framing(Framing.valueOf(framing)));
    assertThat(Fetches.failure(origin, Fetches.whole(provider.url("/f"))))
        .isInstanceOf(Failure.Fake.class);
  }

  @Test
  void open_textThatComesLetterByLetter_refused() {
    provider.on(
        "/f",
        wire -> {
          wire.head(
              "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: 1000000\r\n\r\n");
          for (int i = 0; i < 600; i++) {
            wire.body("a");
          }
          wire.stall();
        });
    assertThat(Fetches.failure(origin, Fetches.whole(provider.url("/f"))))
        .isInstanceOf(Failure.Fake.class);
  }

  @Test
  void open_middle_takesTextOnlyWithItsValidator() throws OriginException {
    provider.serve("/f", script(TEXT, "application/octet-stream"));
    Fetch slice = Fetches.from(provider.url("/f"), 1000);
    assertThat(Fetches.failure(origin, slice)).isInstanceOf(Failure.Fake.class);
    for (String validator : List.of("\"v1\"", "Thu, 01 Jan 2026 00:00:00 GMT")) {
      Fetch vouched =
          new Fetch(
              slice.link(),
              slice.start(),
              slice.end(),
              Optional.of(validator),
              Map.of(),
              /* isTrusted= */ true);
      try (Upstream upstream = origin.open(vouched)) {
        assertThat(Fetches.drain(upstream)).isEqualTo(Arrays.copyOfRange(TEXT, 1000, TEXT.length));
      }
    }
  }

  /** Text from the middle of a file that is not labelled as media. */
  @Test
  void open_middleOfNoMediaType_refusedWhateverItsValidator() {
    for (String type : NO_MEDIA) {
      provider.serve("/f", script(TEXT, type));
      assertThat(Fetches.failure(origin, Fetches.from(provider.url("/f"), 1000)))
          .as(type)
          .isInstanceOf(Failure.Fake.class);
    }
  }

  /** A film is full of bytes that are letters in some encoding, and may contain plain text. */
  @Test
  void open_middleOfAFilm_accepted() throws OriginException {
    byte[] film = Bodies.lengthened(Bodies.films().get("matroska"));
    Arrays.fill(film, 1000, 1300, (byte) 'a');
    Arrays.fill(film, 1300, 3000, (byte) 0xe4);
    provider.serve("/f", script(film, "video/x-matroska").etag(null).lastModified(null));
    for (long start : new long[] {999, 1000, 1250, 1300, 2000}) {
      try (Upstream upstream = origin.open(Fetches.from(provider.url("/f"), start))) {
        assertThat(upstream.start()).isEqualTo(start);
      }
    }
  }

  /** The first few bytes of a film may all be letters. */
  @Test
  void open_sliver_accepted() throws OriginException {
    byte[] avi = Bodies.films().get("avi");
    provider.serve("/f", script(avi, "video/x-msvideo"));
    try (Upstream upstream = origin.open(Fetches.range(provider.url("/f"), 0, 4))) {
      assertThat(Fetches.drain(upstream)).isEqualTo("RIFF".getBytes(UTF_8));
    }
  }

  /** Found by a fuzz test: eight random bytes may all be letters. */
  @Test
  void open_lastFewBytesAreLetters_accepted() throws OriginException {
    byte[] film = Bodies.lengthened(Bodies.films().get("matroska"));
    Arrays.fill(film, film.length - 8, film.length, (byte) 'a');
    provider.serve("/f", script(film, "video/mp4").etag(null).lastModified(null));
    try (Upstream upstream = origin.open(Fetches.from(provider.url("/f"), film.length - 8))) {
      assertThat(Fetches.drain(upstream)).isEqualTo("aaaaaaaa".getBytes(UTF_8));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "deflate, gzip", "GZIP", "x-gzip", "zstd", "compress"})
  void open_compressed_refusedUnread(String coding) {
    byte[] film = Bodies.films().get("mp4");
    provider.serve("/f", script(film, "video/mp4").header("Content-Encoding", coding));
    assertThat(Fetches.failure(origin, Fetches.whole(provider.url("/f"))))
        .isEqualTo(new Failure.Broken(OptionalInt.of(206), "compressed"));
    assertThat(provider.requests("/f").getFirst().header("Accept-Encoding")).contains("identity");
  }

  private static List<String> types() {
    List<String> all = new ArrayList<>(MEDIA);
    all.addAll(NO_MEDIA);
    all.addAll(List.of("", "nonsense"));
    return all;
  }

  private Optional<String> objection(byte[] body, String type) throws OriginException {
    provider.serve("/f", script(body, type).closing());
    try (Upstream upstream = origin.open(Fetches.whole(provider.url("/f")))) {
      assertThat(upstream.start()).isZero();
      return Optional.empty();
    } catch (OriginException e) {
      assertThat(e.failure()).isInstanceOf(Failure.Fake.class);
      return Optional.of(e.failure().detail());
    }
  }

  private static Script script(byte[] body, String type) {
    return Script.of(Content.ofBytes(body)).type(type.isEmpty() ? null : type);
  }
}
