package streamcache.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.link.Links;
import streamcache.prewarm.AddedTitles;
import streamcache.prewarm.EpisodeSearch;
import streamcache.prewarm.NextEpisodes;
import streamcache.prewarm.PrewarmPart;
import streamcache.prewarm.Prewarms;
import streamcache.settings.ImportBlock;
import streamcache.settings.RoomSettings;
import streamcache.settings.SeerrSettings;
import streamcache.store.Store;

/** Connects prewarming with the folders of the library, for {@link Server}. */
final class PrewarmWiring {

  private static final Logger LOG = LoggerFactory.getLogger("streamcache");

  private PrewarmWiring() {}

  static void start(
      NextEpisodes episodes, RoomSettings settings, Store store, Links links, Prewarms prewarms) {
    List<Path> folders = folders(settings);
    if (settings.library().nextEpisode().isOn() && folders.isEmpty()) {
      LOG.warn(
          "PREWARM_NEXT has no effect without library folders: set STRM_WRAP, or STRM_DIRS with"
              + " SEERR_URL, or write an [import NAME] block");
      return;
    }
    PrewarmPart part =
        settings.library().nextEpisode().isWhole() ? PrewarmPart.ALL : PrewarmPart.ENDS;
    episodes.start(
        store,
        new EpisodeSearch(folders, links),
        next -> {
          boolean isAdded = prewarms.add(List.of(next), part);
          LOG.info("event=next-episode key={} added={}", next.key().brief(), isAdded);
        });
  }

  /** Starts what orders the titles that are added to the library. */
  static AddedTitles added(
      RoomSettings settings, Links links, Prewarms prewarms, InstantSource clock) {
    int most = settings.library().prewarmAdded();
    List<Path> folders = folders(settings);
    if (most > 0 && folders.isEmpty()) {
      LOG.warn(
          "PREWARM_ADDED has no effect without library folders: set STRM_WRAP, or STRM_DIRS with"
              + " SEERR_URL, or write an [import NAME] block");
    }
    AddedTitles added =
        new AddedTitles(
            most,
            folders,
            links,
            titles -> prewarms.add(titles, PrewarmPart.ENDS),
            clock,
            ZoneId.systemDefault());
    added.start();
    return added;
  }

  private static List<Path> folders(RoomSettings settings) {
    return Stream.of(
            settings.library().wrapped().stream(),
            settings.seerr().stream().map(SeerrSettings::strmFolders).flatMap(List::stream),
            settings.imports().blocks().stream().map(ImportBlock::folder))
        .flatMap(each -> each)
        .distinct()
        .toList();
  }
}
