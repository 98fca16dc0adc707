package streamcache.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The files of the timeline: one a day by UTC, one JSON object a line, oldest first. A line that a
 * kill has torn is skipped. Written by one thread, read by any.
 *
 * @param folder created by the first entry
 */
record TimelineFiles(Path folder) {

  /** How many days are kept, today included. */
  static final int DAYS = 7;

  /** A day's file takes no more entries beyond this size. */
  static final long MOST_BYTES = 16L << 20;

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern NAME = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}\\.jsonl");

  void append(List<ObjectNode> entries, Instant now) throws IOException {
    Path file = file(LocalDate.ofInstant(now, ZoneOffset.UTC));
    if (!Files.exists(file)) {
      Files.createDirectories(folder);
      deleteOld(now);
    } else if (Files.size(file) > MOST_BYTES) {
      return;
    }
    // A kill may have torn the line before: the new ones must not be lost with it.
    StringBuilder lines = new StringBuilder(isTorn(file) ? "\n" : "");
    entries.forEach(entry -> lines.append(entry).append('\n'));
    Files.writeString(file, lines, UTF_8, CREATE, APPEND);
  }

  private static boolean isTorn(Path file) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file, READ)) {
      ByteBuffer end = ByteBuffer.allocate(1);
      channel.position(Math.max(0, channel.size() - 1));
      return channel.read(end) == 1 && end.get(0) != '\n';
    } catch (NoSuchFileException firstOfTheDay) {
      return false;
    }
  }

  private void deleteOld(Instant now) throws IOException {
    String oldest =
        file(LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(DAYS - 1)).getFileName().toString();
    for (Path file : files()) {
      if (file.getFileName().toString().compareTo(oldest) < 0) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Newest first, at most as many as the query asks for. */
  List<ObjectNode> read(TimelineQuery query) throws IOException {
    List<ObjectNode> found = new ArrayList<>();
    for (Path file : files().reversed()) {
      read(file, query, found);
      if (found.size() == query.limit()) {
        break;
      }
    }
    return found;
  }

  private static void read(Path file, TimelineQuery query, List<ObjectNode> found)
      throws IOException {
    List<ObjectNode> ofDay = new ArrayList<>();
    // Unlike Files.lines, this reads on after a letter that a kill has torn.
    try (InputStream in = Files.newInputStream(file);
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      lines
          .lines()
          .filter(query::mayMatch)
          .forEach(line -> {
            if (parsed(line) instanceof ObjectNode entry && query.matches(entry)) {
              ofDay.add(entry);
            }
          });
    } catch (NoSuchFileException e) {
      return; // Deleted meanwhile, since it was too old.
    }
    Collections.reverse(ofDay);
    found.addAll(ofDay.subList(0, Math.min(ofDay.size(), query.limit() - found.size())));
  }

  private static JsonNode parsed(String line) {
    try {
      return JSON.readTree(line);
    } catch (JacksonException torn) {
      return JSON.nullNode();
    }
  }

  /** Oldest first. */
  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> NAME.matcher(file.getFileName().toString()).matches())
          .sorted()
          .toList();
    } catch (NoSuchFileException nothingYet) {
      return List.of();
    }
  }

  private Path file(LocalDate day) {
    return folder.resolve(day + ".jsonl");
  }
}
