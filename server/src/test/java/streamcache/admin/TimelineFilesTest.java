package streamcache.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** The timeline on the disk. */
final class TimelineFilesTest {

  private static final Instant NOW = Instant.parse("2026-11-30T23:59:30Z");
  private static final TimelineQuery ALL =
      new TimelineQuery(Optional.empty(), Optional.empty(), Instant.MIN, Instant.MAX, 100);

  @TempDir Path parent;

  private TimelineFiles files;

  @BeforeEach
  void open() {
    files = new TimelineFiles(parent.resolve("timeline"));
  }

  private static ObjectNode entry(String title, Instant at) {
    return ApiAnswer.object().put("at", at.toString()).put("event", "evicted").put("title", title);
  }

  private void append(String title, Instant at) throws IOException {
    files.append(List.of(entry(title, at)), at);
  }

  private List<String> titles(TimelineQuery query) throws IOException {
    return files.read(query).stream().map(entry -> entry.path("title").asString()).toList();
  }

  private long count() throws IOException {
    try (Stream<Path> all = Files.list(parent.resolve("timeline"))) {
      return all.count();
    }
  }

  @Test
  void read_beforeAnythingHappened_isEmpty() throws IOException {
    assertThat(files.read(ALL)).isEmpty();
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void read_acrossMidnight_isNewestFirst() throws IOException {
    append("a", NOW);
    append("b", NOW.plusSeconds(10));
    append("c", NOW.plusSeconds(60));

    assertThat(titles(ALL)).containsExactly("c", "b", "a");
    assertThat(count()).isEqualTo(2);
    assertThat(titles(new TimelineQuery(Optional.empty(), Optional.empty(), NOW, Instant.MAX, 2)))
        .containsExactly("c", "b");
  }

  @Test
  void read_titleAndTimes_areTheOnesAskedFor() throws IOException {
    append("a", NOW);
    append("b", NOW.plusSeconds(1));
    append("a", NOW.plusSeconds(2));

    assertThat(
            files.read(
                new TimelineQuery(
                    Optional.of("a"), Optional.empty(), NOW.plusSeconds(1), Instant.MAX, 100)))
        .singleElement()
        .isEqualTo(entry("a", NOW.plusSeconds(2)));
    assertThat(
            titles(
                new TimelineQuery(
                    Optional.empty(), Optional.empty(), NOW, NOW.plusSeconds(2), 100)))
        .containsExactly("b", "a");
    assertThat(
            titles(
                new TimelineQuery(
                    Optional.empty(), Optional.of("other"), Instant.MIN, Instant.MAX, 100)))
        .isEmpty();
  }

  /** A kill may tear the last line, also within a letter of several bytes; the next run appends. */
  @Test
  void read_tornLine_losesNoOther() throws IOException {
    append("a", NOW);
    Path file = parent.resolve("timeline").resolve("2026-11-30.jsonl");
    byte[] whole = "{\"name\":\"Amélie\"".getBytes(StandardCharsets.UTF_8);
    int withinALetter = whole.length - "lie\"".length() - 1;
    Files.write(file, Arrays.copyOf(whole, withinALetter), StandardOpenOption.APPEND);
    append("b", NOW.plusSeconds(1));
    append("c", NOW.plusSeconds(2));

    assertThat(titles(ALL)).containsExactly("c", "b", "a");
  }

  @Test
  void append_onTheEighthDay_deletesTheFirst_andNothingOfOthers() throws IOException {
    append("old", NOW);
    Path foreign = parent.resolve("timeline").resolve("2020-01-01.txt");
    Files.writeString(foreign, "notes");
    for (int day = 1; day < TimelineFiles.DAYS; day++) {
      append("day", NOW.plus(Duration.ofDays(day)));
    }
    assertThat(titles(ALL)).contains("old");
    append("day", NOW.plus(Duration.ofDays(TimelineFiles.DAYS)));

    assertThat(titles(ALL)).hasSize(TimelineFiles.DAYS).doesNotContain("old");
    assertThat(foreign).exists();
  }

  /** A provider that fails all day must not fill the disk. */
  @Test
  void append_fullDay_takesNoMore() throws IOException {
    List<ObjectNode> many =
        IntStream.range(0, 20_000).mapToObj(number -> entry("t" + number, NOW)).toList();
    Path file = parent.resolve("timeline").resolve("2026-11-30.jsonl");
    long most = TimelineFiles.MOST_BYTES;
    for (int batch = 0; batch < 40; batch++) {
      files.append(many, NOW);
    }
    long size = Files.size(file);
    assertThat(size).isGreaterThan(most).isLessThan(most + (most / 4));
    files.append(many, NOW);
    assertThat(file).hasSize(size);
  }
}
