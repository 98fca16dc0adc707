package streamcache.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import streamcache.link.BadLink;
import streamcache.link.Link;
import streamcache.link.LinkCodec;
import streamcache.playback.Decided;
import streamcache.playback.Ended;
import streamcache.playback.Headers;
import streamcache.playback.PlaybackRecord;
import streamcache.playback.Request;

/** When a play is over, on virtual time. */
final class PlaysTest {

  private static final InetAddress TELEVISION = InetAddress.ofLiteral("192.168.1.20");
  private static final InetAddress TABLET = InetAddress.ofLiteral("192.168.1.30");

  private final List<Play> reported = new ArrayList<>();
  private long now = Duration.ofDays(1).toNanos();
  private final Plays plays = new Plays(() -> now, reported::add);
  private Link link;

  @BeforeEach
  void makeLink() throws BadLink {
    link = new LinkCodec().decode(new LinkCodec().encode("http://host.example/film.mkv"));
  }

  private PlaybackRecord playback(Decided decided, long bytes, Ended ended) {
    Request request =
        new Request("r1", "GET", "/u/x", new Headers(), /* http11= */ true, TELEVISION);
    return new PlaybackRecord(
        request,
        link,
        206,
        Optional.of(decided),
        "-",
        bytes,
        decided == Decided.HIT ? bytes : 0,
        Duration.ofMillis(3),
        Duration.ofSeconds(1),
        ended);
  }

  private void pass(Duration time) {
    now += time.toNanos();
    plays.sweep();
  }

  @Test
  void sweep_playWasQuietForHalfAMinute_reportsItOnceWithItsSums() {
    plays.add(TELEVISION, playback(Decided.HIT, 5, new Ended.Done()));
    pass(Duration.ofSeconds(20));
    plays.add(TELEVISION, playback(Decided.MISS, 7, new Ended.Cut("x")));
    pass(Duration.ofSeconds(20));
    plays.add(TELEVISION, playback(Decided.FOLLOW, 11, new Ended.PlayerLeft()));
    pass(Duration.ofSeconds(29));
    pass(Duration.ofMillis(500));
    assertThat(reported).isEmpty();

    pass(Duration.ofMillis(500));
    pass(Duration.ofSeconds(5));
    pass(Duration.ofMinutes(5));

    assertThat(reported).hasSize(1);
    Play play = reported.getFirst();
    assertThat(play.requests()).isEqualTo(3);
    assertThat(play.bytes()).isEqualTo(23);
    assertThat(play.fromStore()).isEqualTo(5);
    assertThat(play.cuts()).isEqualTo(1);
    assertThat(play.decided()).isEqualTo(Decided.MISS);
    assertThat(play.took()).hasSeconds(41);
    assertThat(play.last().ended()).isEqualTo(new Ended.PlayerLeft());
  }

  @Test
  void add_afterTheReport_beginsAnotherPlay() {
    plays.add(TELEVISION, playback(Decided.HIT, 5, new Ended.Done()));
    pass(Duration.ofMinutes(1));
    plays.add(TELEVISION, playback(Decided.HIT, 6, new Ended.Done()));
    pass(Duration.ofMinutes(1));
    pass(Duration.ofMinutes(1));

    assertThat(reported).extracting(Play::bytes).containsExactly(5L, 6L);
  }

  @Test
  void close_playsAreNotOver_reportsThem() {
    plays.add(TELEVISION, playback(Decided.HIT, 5, new Ended.Done()));
    plays.add(TABLET, playback(Decided.HIT, 6, new Ended.Done()));
    plays.add(TABLET, playback(Decided.HIT, 7, new Ended.Done()));

    plays.close();

    assertThat(reported).extracting(Play::bytes).containsExactlyInAnyOrder(5L, 13L);
  }

  @Test
  void add_moreClientsThanTheLimit_reportsThoseBeyondItAtOnce() {
    for (int i = 0; i < 10_001; i++) {
      InetAddress client = InetAddress.ofLiteral("10.0." + i / 250 + "." + i % 250);
      plays.add(client, playback(Decided.HIT, i, new Ended.Done()));
    }

    assertThat(reported).extracting(Play::bytes).containsExactly(10_000L);
  }
}
