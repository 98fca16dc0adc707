package streamcache.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import streamcache.link.BadLink;
import streamcache.link.Link;
import streamcache.link.LinkCodec;
import streamcache.origin.Failure;
import streamcache.playback.ClientGone;
import streamcache.playback.Headers;
import streamcache.playback.RecordedExchange;
import streamcache.playback.Request;
import streamcache.settings.ErrorVideoPolicy;
import streamcache.settings.ProviderBlocks;
import streamcache.settings.TroubleSettings;
import streamcache.testkit.FakeClock;

/** The clip shows what was done about its title. */
final class RemediesTest {

  private final FakeClock clock = new FakeClock();

  @Test
  void clip_withANote_isAnotherClip() throws IOException, BadLink, ClientGone {
    String without = etag(Remedies.NONE);
    assertThat(etag(_ -> List.of())).isEqualTo(without);
    String requested = etag(_ -> List.of("Requested in Seerr"));
    assertThat(requested).isNotEqualTo(without);
    assertThat(etag(_ -> List.of("Requested in Seerr"))).isEqualTo(requested);
    assertThat(etag(_ -> List.of("Reported in Seerr"))).isNotEqualTo(requested);
  }

  /** The entity tag of the clip, for the same failure at the same time. */
  private String etag(Remedies remedies) throws IOException, BadLink, ClientGone {
    TroubleSettings settings = new TroubleSettings(ErrorVideoPolicy.PLAYERS, Optional.empty());
    Request request =
        new Request(
            "r1",
            "HEAD",
            "/u/x",
            new Headers().add("User-Agent", "VLC/3.0"),
            /* http11= */ true,
            InetAddress.getLoopbackAddress());
    RecordedExchange exchange = new RecordedExchange(request);
    LinkCodec codec = new LinkCodec();
    try (ErrorVideo errorVideo =
        ErrorVideo.open(
            settings, ProviderBlocks.NONE, (link, _) -> remedies.notes(link.key()), clock)) {
      Link link = codec.decode(codec.encode("http://provider.example/film.mkv"));
      errorVideo
          .viewing(exchange, link, request.peer())
          .refuse(exchange, new Failure.Gone(OptionalInt.of(404), ""));
    }
    return exchange.headers().first("ETag").orElseThrow();
  }
}
