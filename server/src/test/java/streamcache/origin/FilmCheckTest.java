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
import streamcache.testkit.RecordedRequest;
import streamcache.testkit.Script;
import streamcache.testkit.Script.Framing;
import streamcache.testkit.Script.Ranges;
import streamcache.testkit.ScriptedOrigin;

/** Only media leaves: every type times every kind of beginning, from the start and the middle. */
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

  private final ScriptedOrigin provider = ScriptedOrigin.start();
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

  /** However the body is framed, and when no more than a part of the beginning comes at first. */
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

  /** The slice of a private file that is labelled as if it were anything. */
  @ParameterizedTest
  @ValueSource(longs = {1, 5, 511, 512, 513, 100_000, 399_000})
  void open_unknownFromTheMiddle_looksAtTheBeginningFirst(long start) {
    for (Map.Entry<String, byte[]> body : Bodies.others().entrySet()) {
      for (String type : List.of("application/octet-stream", "video/mp4", "")) {
        String path = "/" + start + body.getKey().hashCode() + type.length();
        byte[] all = Bodies.lengthened(body.getValue());
        provider.serve(path, script(all, type));
        Fetch slice = Fetches.unknown(Fetches.from(provider.url(path), start));
        assertThat(Fetches.failure(origin, slice))
            .as(body.getKey())
            .isInstanceOf(Failure.Fake.class);
        assertThat(provider.requests(path))
            .as("the slice itself is never asked for")
            .extracting(RecordedRequest::range)
            .containsExactly(Optional.of("bytes=0-511"));
      }
    }
  }

  @Test
  void open_unknownFilmFromTheMiddle_costsOneSmallRequestOnTheSameConnection()
      throws OriginException {
    byte[] film = Bodies.lengthened(Bodies.films().get("matroska"));
    provider.serve("/f", script(film, "video/x-matroska"));
    Fetch slice = Fetches.unknown(Fetches.from(provider.url("/f"), 300_000));
    try (Upstream upstream = origin.open(slice)) {
      assertThat(upstream.start()).isEqualTo(300_000);
      assertThat(Fetches.drain(upstream)).isEqualTo(Arrays.copyOfRange(film, 300_000, film.length));
    }
    assertThat(provider.requests("/f"))
        .extracting(RecordedRequest::range)
        .containsExactly(Optional.of("bytes=0-511"), Optional.of("bytes=300000-"));
    assertThat(provider.totalConnections()).isEqualTo(1);
  }

  @Test
  void open_unknownFilmWithoutRanges_isTheWhole() throws OriginException {
    byte[] film = Bodies.lengthened(Bodies.films().get("mp4"));
    provider.serve("/f", script(film, "video/mp4").ranges(Ranges.IGNORED));
    Fetch slice = Fetches.unknown(Fetches.from(provider.url("/f"), 300_000));
    try (Upstream upstream = origin.open(slice)) {
      assertThat(upstream.start()).isZero();
      assertThat(Fetches.drain(upstream)).isEqualTo(film);
    }
    assertThat(provider.requests("/f")).hasSize(1);
  }

  @Test
  void open_unknownBehindTheEnd_outOfRange() {
    byte[] film = Bodies.films().get("mp4");
    provider.serve("/f", script(film, "video/mp4"));
    Fetch slice = Fetches.unknown(Fetches.from(provider.url("/f"), film.length));
    assertThat(Fetches.failure(origin, slice)).isInstanceOf(Failure.OutOfRange.class);
  }

  /** A film for the one who looks at the beginning, something else for the one who reads on. */
  @Test
  void open_middleOfAnotherFileThanTheBeginning_broken() {
    byte[] film = Bodies.lengthened(Bodies.films().get("mp4"));
    byte[] secret = Arrays.copyOf(TEXT, film.length);
    List<Script> others =
        List.of(
            script(Arrays.copyOf(secret, film.length - 1), "video/mp4").etag(null),
            script(secret, "video/mp4").etag("\"v2\""),
            script(secret, "video/mp4").lastModified("Fri, 02 Jan 2026 00:00:00 GMT"));
    for (Script other : others) {
      provider.on(
          "/f",
          wire ->
              wire.play(
                  wire.request().range().orElse("").equals("bytes=0-511")
                      ? script(film, "video/mp4")
                      : other));
      Fetch slice = Fetches.unknown(Fetches.from(provider.url("/f"), 1000));
      assertThat(Fetches.failure(origin, slice))
          .isIn(
              new Failure.Broken(
                  OptionalInt.empty(), "its middle is of another file than its beginning"),
              new Failure.Fake(OptionalInt.of(206), "a page, not a film"));
    }
  }

  /** Without a validator nothing but the host can vouch for it. */
  @Test
  void open_middleFromAnotherHostWithoutValidator_broken() {
    byte[] film = Bodies.lengthened(Bodies.films().get("mp4"));
    try (ScriptedOrigin elsewhere = ScriptedOrigin.start()) {
      Script bare = script(film, "video/mp4").etag(null);
      elsewhere.serve("/f", bare);
      String other = elsewhere.url("/f").replace("127.0.0.1", "localhost");
      provider.on(
          "/f",
          wire ->
              wire.play(
                  wire.request().range().orElse("").equals("bytes=0-511")
                      ? bare
                      : Script.redirect(other)));
      Fetch slice = Fetches.unknown(Fetches.from(provider.url("/f"), 1000));
      assertThat(Fetches.failure(origin, slice).detail()).contains("another file");
    }
  }

  @Test
  void open_knownFromTheMiddle_asksOnceAndTakesTextOnlyWithItsValidator() throws OriginException {
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
              /* isKnown= */ true,
              /* isTrusted= */ true);
      try (Upstream upstream = origin.open(vouched)) {
        assertThat(Fetches.drain(upstream)).isEqualTo(Arrays.copyOfRange(TEXT, 1000, TEXT.length));
      }
    }
    assertThat(provider.requests("/f")).hasSize(3);
  }

  /** The first bytes of a film may be letters when there are but a few of them. */
  @Test
  void open_sliverOfAKnownFilm_accepted() throws OriginException {
    byte[] avi = Bodies.films().get("avi");
    provider.serve("/f", script(avi, "video/x-msvideo"));
    try (Upstream upstream = origin.open(Fetches.range(provider.url("/f"), 0, 4))) {
      assertThat(Fetches.drain(upstream)).isEqualTo("RIFF".getBytes(UTF_8));
    }
    Fetch unknown = Fetches.unknown(Fetches.range(provider.url("/f"), 0, 4));
    assertThat(Fetches.failure(origin, unknown)).isInstanceOf(Failure.Fake.class);
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
    Fetch fetch = Fetches.unknown(Fetches.whole(provider.url("/f")));
    try (Upstream upstream = origin.open(fetch)) {
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
