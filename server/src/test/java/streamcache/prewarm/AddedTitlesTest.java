package streamcache.prewarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.link.KeyRing;
import streamcache.link.Link;
import streamcache.link.Links;
import streamcache.testkit.FakeClock;

/** Which titles are ordered at night, and when. */
final class AddedTitlesTest {

  private static final Instant EVENING = Instant.parse("2026-03-28T20:00:00Z");
  private static final Duration UNTIL_NIGHT = Duration.ofHours(7);

  @TempDir Path library;

  private final FakeClock clock = new FakeClock().setWall(EVENING);
  private final List<List<String>> orders = new ArrayList<>();
  private AddedTitles added;

  private AddedTitles added(int most, ZoneId zone) {
    added =
        new AddedTitles(
            most,
            List.of(library.resolve("missing"), library),
            new Links(KeyRing.empty()),
            links -> orders.add(links.stream().map(Link::name).toList()),
            clock,
            zone);
    return added;
  }

  @AfterEach
  void close() {
    added.close();
  }

  private void write(String name, Duration age) throws IOException {
    write(name, age, "http://panel.example/movie/u/p/" + name + ".mkv");
  }

  private void write(String name, Duration age, String text) throws IOException {
    Path file = Files.writeString(library.resolve(name + ".strm"), text + "\n");
    Files.setLastModifiedTime(file, FileTime.from(clock.instant().minus(age)));
  }

  @Test
  void look_atNight_ordersTheNewestOfTheDayBefore() throws Exception {
    AddedTitles titles = added(2, ZoneOffset.UTC);
    write("first", Duration.ofHours(3));
    write("third", Duration.ofHours(1));
    write("second", Duration.ofHours(2));
    write("old", Duration.ofDays(2));
    write("channel", Duration.ofMinutes(1), "plugin://addon/channel");

    titles.look();
    assertThat(orders).as("in the evening").isEmpty();
    clock.advance(UNTIL_NIGHT);
    titles.look();
    titles.look();

    assertThat(orders).containsExactly(List.of("third.mkv", "second.mkv"));
  }

  @Test
  void look_nextNight_ordersWhatIsNewSince() throws Exception {
    AddedTitles titles = added(10, ZoneOffset.UTC);
    write("first", Duration.ZERO);
    clock.advance(UNTIL_NIGHT);
    titles.look();
    clock.advance(Duration.ofHours(1));
    write("second", Duration.ZERO);
    clock.advance(Duration.ofHours(23));
    titles.look();
    clock.advance(Duration.ofDays(1));
    titles.look();

    assertThat(orders).containsExactly(List.of("first.mkv"), List.of("second.mkv"));
  }

  /** The clock goes from two to three in this night, so that it begins an hour earlier. */
  @Test
  void look_nightWithoutAnHour_isAtThreeOfThePlace() throws Exception {
    AddedTitles titles = added(10, ZoneId.of("Europe/Berlin"));
    write("film", Duration.ZERO);
    clock.advance(Duration.ofHours(5).minusSeconds(1));
    titles.look();
    assertThat(orders).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    titles.look();
    assertThat(orders).hasSize(1);
  }
}
