package streamcache.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.durable.AtomicFile;
import streamcache.durable.Disk;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The files of the history: {@code minutes}, and one for the hours of each month of UTC. Each is
 * replaced as a whole and begins with the checksum of what follows, one row a line. A damaged file
 * is set aside, and a new one begins. Used by one thread; blocks on the disk.
 *
 * @param folder created by the first write
 */
record HistoryFiles(Path folder) {

  private static final Logger LOG = LoggerFactory.getLogger(HistoryFiles.class);

  /** Months that are kept, the present one included: a year, and the rest of its first month. */
  static final int MONTHS = 14;

  static final String MINUTES = "minutes";

  /** The last file that was damaged, for somebody who wants to know how. */
  static final String DAMAGED = "damaged";

  /** Several times what a month can have; a longer file is not ours. */
  private static final int MOST_BYTES = 16 << 20;

  private static final String SIGNATURE = "streamcache history 1 ";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern MONTH = Pattern.compile("[0-9]{4}-[0-9]{2}");
  private static final String AT = "at";

  /** The rows by the epoch seconds at which their periods begin; empty if there is no file. */
  NavigableMap<Long, HistoryRow> read(String name) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(folder.resolve(name))) {
      bytes = in.readNBytes(MOST_BYTES);
    } catch (NoSuchFileException nothingYet) {
      return new TreeMap<>();
    }
    try {
      return rows(new String(bytes, UTF_8));
    } catch (IllegalArgumentException | JacksonException damaged) {
      setAside(name);
      return new TreeMap<>();
    }
  }

  private static NavigableMap<Long, HistoryRow> rows(String text) {
    int end = text.indexOf('\n');
    String body = text.substring(end + 1);
    if (!text.startsWith(head(body))) {
      throw new IllegalArgumentException("not what was written");
    }
    NavigableMap<Long, HistoryRow> rows = new TreeMap<>();
    body.lines()
        .forEach(line -> {
          JsonNode row = JSON.readTree(line);
          TreeMap<String, Long> values = new TreeMap<>();
          row.properties().forEach(value -> values.put(value.getKey(), value.getValue().asLong()));
          values.remove(AT);
          rows.put(row.get(AT).asLong(), new HistoryRow(values));
        });
    return rows;
  }

  private static String head(String body) {
    CRC32 sum = new CRC32();
    sum.update(body.getBytes(UTF_8));
    return SIGNATURE + Long.toHexString(sum.getValue()) + "\n";
  }

  private void setAside(String name) throws IOException {
    Disk.system().move(folder.resolve(name), folder.resolve(DAMAGED));
    LOG.warn("event=history-damaged file={} set-aside={}", name, DAMAGED);
  }

  /** Replaces the minutes, without waiting for the disk: a power cut may cost the last hours. */
  void writeMinutes(NavigableMap<Long, HistoryRow> rows) throws IOException {
    AtomicFile.replaceUnsynced(folder.resolve(MINUTES), content(rows));
  }

  void writeMonth(String month, NavigableMap<Long, HistoryRow> rows) throws IOException {
    AtomicFile.replace(folder.resolve(month), content(rows));
  }

  private ByteBuffer content(NavigableMap<Long, HistoryRow> rows) throws IOException {
    StringBuilder body = new StringBuilder();
    rows.forEach((at, row) -> {
      ObjectNode line = ApiAnswer.object().put(AT, at);
      row.values().forEach(line::put);
      body.append(line).append('\n');
    });
    Files.createDirectories(folder);
    return ByteBuffer.wrap((head(body.toString()) + body).getBytes(UTF_8));
  }

  /** Deletes the oldest months beyond those that are kept. */
  void deleteOld() throws IOException {
    List<String> months = months();
    for (String month : months.subList(0, Math.max(0, months.size() - MONTHS))) {
      Files.deleteIfExists(folder.resolve(month));
    }
  }

  /** The months that there are, oldest first. */
  List<String> months() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString())
          .filter(name -> MONTH.matcher(name).matches())
          .sorted()
          .toList();
    } catch (NoSuchFileException nothingYet) {
      return List.of();
    }
  }
}
