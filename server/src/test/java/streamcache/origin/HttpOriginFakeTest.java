package streamcache.origin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamcache.media.MediaType;
import streamcache.testkit.Content;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;

class HttpOriginFakeTest {

  private static final String MATROSKA = "\u001aE\u00df\u00a3";

  private final ScriptedOrigin provider = ScriptedOrigin.start();
  private final HttpOrigin origin = Fetches.origin();
  private final String url = provider.url("/f");

  @AfterEach
  void closeAll() {
    origin.close();
    provider.close();
  }

  @ParameterizedTest
  @CsvSource({
    "text/html, <html>no such user</html>, 'a page, not a film'",
    "text/html, no such user, 'a page, not a film'",
    "application/json, {}, 'a page, not a film'",
    "video/mp4, '<!DOCTYPE html><html>', 'a page, not a film'",
    "application/octet-stream, '  <HTML>', 'a page, not a film'",
    "text/plain, #EXTM3U, 'playlist, not a film'",
    "video/mp2t, '#EXTM3U and more', 'playlist, not a film'",
    "application/vnd.apple.mpegurl, anything, 'playlist, not a film'",
    "audio/x-mpegurl; charset=utf-8, anything, 'playlist, not a film'",
    "video/mp4, '', empty",
  })
  void open_successThatIsNone_fake(String type, String body, String detail) {
    provider.serve("/f", Script.status(200, type, body));
    Failure failure = Fetches.failure(origin, Fetches.whole(url));
    assertThat(failure).isInstanceOf(Failure.Fake.class);
    assertThat(failure.detail()).isEqualTo(detail);
    provider.awaitConnections(0);
  }

  @Test
  void open_imageInsteadOfFilm_fake() {
    byte[] image = "\u0089PNG\r\n\u001a\n\0\0\0".getBytes(ISO_8859_1);
    provider.serve("/f", Script.of(Content.ofBytes(image)).type("image/png"));
    assertThat(Fetches.failure(origin, Fetches.whole(url))).isInstanceOf(Failure.Fake.class);
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain",
    "text/html",
    "application/json",
    "image/png",
    "nonsense",
    "application/vnd.apple.mpegurl",
    "application/x-mpegURL",
    "audio/x-mpegurl",
    "audio/mpegurl",
    "application/dash+xml"
  })
  void open_filmWithASillyType_acceptedByItsBytes(String type) throws OriginException {
    byte[] film = film(1_000_000);
    provider.serve("/f", Script.of(Content.ofBytes(film)).type(type));
    try (Upstream upstream = origin.open(Fetches.whole(url))) {
      assertThat(Fetches.drain(upstream)).isEqualTo(film);
    }
    try (Upstream upstream = origin.open(Fetches.from(url, 500))) {
      assertThat(Fetches.drain(upstream)).isEqualTo(Arrays.copyOfRange(film, 500, film.length));
    }
  }

  /** Bytes that are neither a film nor a playlist are what their type says. */
  @ParameterizedTest
  @CsvSource({"application/vnd.apple.mpegurl", "application/dash+xml"})
  void open_unknownBytesAsAPlaylist_refused(String type) {
    provider.serve("/f", Script.of(Content.ofBytes(Bodies.unknown())).type(type));
    assertThat(Fetches.failure(origin, Fetches.whole(url)).detail())
        .isEqualTo("playlist, not a film");
  }

  @Test
  void open_manifestAsDash_refused() {
    provider.serve("/f", Script.status(200, "application/dash+xml", "<?xml version='1.0'?><MPD/>"));
    assertThat(Fetches.failure(origin, Fetches.whole(url)).detail())
        .isEqualTo("playlist, not a film");
  }

  /** Whatever they are called. */
  @ParameterizedTest
  @CsvSource({
    "CD001, application/x-iso9660-image", "CD001, application/x-cd-image", "CD001, text/plain",
    "BEA01, application/x-iso9660-image", "BEA01, application/octet-stream", "CD001, image/x-iso"
  })
  void open_discImage_isAFilm(String mark, String type) throws OriginException {
    byte[] disc = new byte[100_000];
    disc[32_768] = 1;
    System.arraycopy(mark.getBytes(ISO_8859_1), 0, disc, 32_769, 5);
    provider.serve("/f", Script.of(Content.ofBytes(disc)).type(type));
    try (Upstream upstream = origin.open(Fetches.whole(url))) {
      assertThat(Fetches.drain(upstream)).isEqualTo(disc);
    }
    assertThat(MediaType.forPlayers(Optional.of(type), List.of("film"), disc))
        .isEqualTo("application/x-iso9660-image");
  }

  @Test
  void open_zerosThatAreNoDisc_refused() {
    provider.serve("/f", Script.of(Content.ofBytes(new byte[100_000])).type("text/plain"));
    assertThat(Fetches.failure(origin, Fetches.whole(url)).detail())
        .isEqualTo("neither a media type nor a media file");
  }

  /** An upload that was stored as it came over the wire. */
  @Test
  void open_awsChunkedForReal_refused() {
    byte[] body = (MATROSKA + "\0".repeat(1000)).getBytes(ISO_8859_1);
    byte[] line = ("10000;chunk-signature=" + "a".repeat(64) + "\r\n").getBytes(ISO_8859_1);
    byte[] framed = Arrays.copyOf(line, line.length + body.length);
    System.arraycopy(body, 0, framed, line.length, body.length);
    provider.serve(
        "/f",
        Script.of(Content.ofBytes(framed))
            .type("video/mp4")
            .header("Content-Encoding", "aws-chunked"));
    assertThat(Fetches.failure(origin, Fetches.whole(url)).detail())
        .isEqualTo("in the framing of an upload");
  }

  @Test
  void open_filmWithoutType_accepted() throws OriginException {
    byte[] film = film(1000);
    provider.serve("/f", Script.of(Content.ofBytes(film)).type(null));
    try (Upstream upstream = origin.open(Fetches.whole(url))) {
      assertThat(Fetches.drain(upstream)).isEqualTo(film);
    }
    provider.serve("/g", Script.status(200, "text/plain", "not a film").without("Content-Type"));
    assertThat(Fetches.failure(origin, Fetches.whole(provider.url("/g"))))
        .isInstanceOf(Failure.Fake.class);
  }

  private static byte[] film(int size) {
    byte[] film = Content.of(4, size).bytes();
    System.arraycopy(MATROSKA.getBytes(ISO_8859_1), 0, film, 0, MATROSKA.length());
    return film;
  }
}
