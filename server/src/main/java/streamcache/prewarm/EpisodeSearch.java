package streamcache.prewarm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.catalog.EpisodeName;
import streamcache.library.StrmTargets;
import streamcache.link.Link;
import streamcache.link.Links;

/**
 * Finds the episode that follows another in the library, by the names of the {@code .strm} files:
 * in the same folder, or the first of the next season there or in a folder beside. Blocks for disk
 * I/O.
 */
public final class EpisodeSearch {

  private static final Logger LOG = LoggerFactory.getLogger(EpisodeSearch.class);

  private static final String EXTENSION = ".strm";

  /** A file and what its name says. */
  private record Episode(Path file, EpisodeName name) {}

  private final List<Path> folders;
  private final FileLinks links;

  public EpisodeSearch(List<Path> folders, Links links) {
    this.folders = List.copyOf(folders);
    this.links = new FileLinks(links);
  }

  /** The episode after the one that a link plays, whose name is that of its file. */
  public Optional<Link> after(Link played) {
    Optional<EpisodeName> name = EpisodeName.read(stem(played.name()));
    if (name.isEmpty()) {
      return Optional.empty();
    }
    try {
      for (Path folder : folders) {
        Optional<Path> file = file(folder, played);
        if (file.isPresent()) {
          return after(file.get(), name.get()).flatMap(this::link);
        }
      }
    } catch (IOException e) {
      LOG.warn("event=next-episode-not-found", e);
    }
    return Optional.empty();
  }

  private static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private Optional<Path> file(Path folder, Link played) throws IOException {
    String wanted = stem(played.name()) + EXTENSION;
    return StrmTargets.find(
        folder,
        file ->
            file.getFileName().toString().equalsIgnoreCase(wanted)
                && links.of(file).filter(link -> link.key().equals(played.key())).isPresent());
  }

  private static Optional<Episode> after(Path file, EpisodeName current) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      return Optional.empty();
    }
    List<Episode> here = episodes(folder, current.series());
    Optional<Episode> next =
        first(here, current.season(), current.number())
            .or(() -> first(here, current.season() + 1, /* after= */ -1));
    if (next.isPresent() || folder.getParent() == null) {
      return next;
    }
    List<Episode> beside = new ArrayList<>();
    for (Path other : folders(folder.getParent())) {
      beside.addAll(episodes(other, current.series()));
    }
    return first(beside, current.season() + 1, /* after= */ -1);
  }

  /** The episode of a season with the lowest number above {@code after}. */
  private static Optional<Episode> first(List<Episode> all, int season, int after) {
    return all.stream()
        .filter(episode -> episode.name().season() == season && episode.name().number() > after)
        .min(
            Comparator.comparingInt((Episode episode) -> episode.name().number())
                .thenComparing(Episode::file));
  }

  private static List<Episode> episodes(Path folder, String series) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(StrmTargets::isStrm)
          .flatMap(file ->
              EpisodeName.read(stem(file.getFileName().toString())).stream()
                  .filter(name -> isSame(name.series(), series))
                  .map(name -> new Episode(file, name)))
          .toList();
    }
  }

  private static boolean isSame(String series, String other) {
    return series.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
  }

  private static List<Path> folders(Path parent) throws IOException {
    try (Stream<Path> entries = Files.list(parent)) {
      return entries.filter(Files::isDirectory).toList();
    }
  }

  private Optional<Link> link(Episode episode) {
    return links.of(episode.file());
  }
}
