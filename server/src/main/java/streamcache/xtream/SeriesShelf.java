package streamcache.xtream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamcache.durable.AtomicFile;
import streamcache.link.AccountId;

/**
 * The episodes that earlier imports have read, one small file for each series, so that a panel is
 * asked again only about a series that has changed, and a broken import goes on where it was. Holds
 * no secret. One thread; blocks for disk I/O.
 *
 * <pre>
 * streamcache series 1\t1700000000\t1790000000    format, last_modified, when it was read
 * 4711\t1\t2\tmkv\tThe Second                     id, season, number, extension, title
 * </pre>
 */
final class SeriesShelf {

  private static final String FORMAT = "streamcache series 1";

  /** How long episodes count as unchanged if the panel does not say when they changed. */
  private static final Duration UNDATED = Duration.ofDays(7);

  private final Path folder;
  private final boolean isOnlyRead;

  private SeriesShelf(Path folder, boolean isOnlyRead) {
    this.folder = folder;
    this.isOnlyRead = isOnlyRead;
  }

  /** The shelf of one account; creates its folder. */
  static SeriesShelf in(Path state, AccountId account) throws IOException {
    Path own = Files.createDirectories(folder(state, account));
    return new SeriesShelf(own, /* isOnlyRead= */ false);
  }

  /** The shelf of one account, on which nothing is put. */
  static SeriesShelf view(Path state, AccountId account) {
    return new SeriesShelf(folder(state, account), /* isOnlyRead= */ true);
  }

  private static Path folder(Path state, AccountId account) {
    return state.resolve(account.value().replaceAll("[^A-Za-z0-9.-]", "_"));
  }

  /**
   * What is kept of a series.
   *
   * @param modified as the panel wrote it then
   */
  private record Kept(String modified, Instant read, List<PanelEpisode> episodes) {

    boolean isCurrent(PanelSeries series, Instant now) {
      return series.modified().isEmpty()
          ? Duration.between(read, now).compareTo(UNDATED) < 0
          : series.modified().equals(modified);
    }
  }

  /** What was read of a series, however old; empty if nothing was, or it cannot be read. */
  Optional<List<PanelEpisode>> any(PanelSeries series) {
    return kept(series).map(Kept::episodes);
  }

  /** What was read of a series, if it is still what the panel has. */
  Optional<List<PanelEpisode>> current(PanelSeries series, Instant now) {
    return kept(series).filter(kept -> kept.isCurrent(series, now)).map(Kept::episodes);
  }

  /** Keeps what was just read. */
  void keep(PanelSeries series, List<PanelEpisode> episodes, Instant now) throws IOException {
    if (isOnlyRead) {
      return;
    }
    String head = String.join("\t", FORMAT, series.modified(), "" + now.getEpochSecond());
    String text =
        Stream.concat(Stream.of(head), episodes.stream().map(SeriesShelf::line))
            .collect(Collectors.joining("\n", "", "\n"));
    AtomicFile.replace(file(series), ByteBuffer.wrap(text.getBytes(UTF_8)));
  }

  private Path file(PanelSeries series) {
    return folder.resolve(series.id());
  }

  /** Empty also if the file is damaged: the series is then read again. */
  private Optional<Kept> kept(PanelSeries series) {
    try {
      List<String> lines = Files.readAllLines(file(series));
      String[] head = lines.getFirst().split("\t", -1);
      return head[0].equals(FORMAT)
          ? Optional.of(
              new Kept(
                  head[1],
                  Instant.ofEpochSecond(Long.parseLong(head[2])),
                  lines.stream().skip(1).map(SeriesShelf::episode).toList()))
          : Optional.empty();
    } catch (IOException | RuntimeException _) {
      return Optional.empty();
    }
  }

  private static String line(PanelEpisode episode) {
    return String.join(
        "\t",
        episode.id(),
        "" + episode.season(),
        "" + episode.number(),
        episode.extension(),
        episode.title());
  }

  private static PanelEpisode episode(String line) {
    String[] parts = line.split("\t", 5);
    return new PanelEpisode(
        parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), parts[4], parts[3]);
  }
}
