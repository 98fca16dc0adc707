package streamcache.xtream;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import streamcache.catalog.LibraryException;

/**
 * Reads the episodes of many series, each from the shelf if it has not changed, else from the
 * panel. One thread.
 */
final class SeriesReader {

  /** Consecutive failures after which the panel is left alone until the next import. */
  private static final int MOST_FAILURES = 3;

  /** Series between two reports. */
  private static final int REPORT_EVERY = 100;

  private final PanelClient client;
  private final ImportState state;
  private final SeriesShelf shelf;
  private final InstantSource clock;

  /**
   * @param state where responses are put
   */
  SeriesReader(PanelClient client, ImportState state, SeriesShelf shelf, InstantSource clock) {
    this.client = client;
    this.state = state;
    this.shelf = shelf;
    this.clock = clock;
  }

  /** Receives each episode. */
  interface Episodes {
    void accept(PanelSeries series, PanelEpisode episode) throws LibraryException;
  }

  /**
   * Delivers the episodes of all series. Of a series that cannot be read, those of an earlier
   * import are delivered.
   *
   * @throws PanelException after all have been delivered, if the panel failed for any of them
   */
  void read(List<PanelSeries> all, Episodes to, XtreamNews news)
      throws PanelException, LibraryException, InterruptedException {
    int failures = 0;
    int inARow = 0;
    int read = 0;
    int done = 0;
    Optional<PanelException> last = Optional.empty();
    for (PanelSeries series : all) {
      Optional<List<PanelEpisode>> found = shelf.current(series, clock.instant());
      try {
        if (found.isEmpty() && inARow < MOST_FAILURES) {
          found = Optional.of(ask(series));
          inARow = 0;
          read++;
          if (read % REPORT_EVERY == 0) {
            news.accept(read + " series read.");
          }
        }
      } catch (PanelException e) {
        last = Optional.of(e);
        inARow++;
      }
      failures += found.isPresent() ? 0 : 1;
      for (PanelEpisode episode : found.or(() -> shelf.any(series)).orElse(List.of())) {
        to.accept(series, episode);
      }
      done++;
      news.series(done, all.size());
    }
    if (last.isPresent()) {
      throw PanelException.passing(
          "%d of %d series failed; at last %s"
              .formatted(failures, all.size(), last.get().getMessage()));
    }
  }

  private List<PanelEpisode> ask(PanelSeries series)
      throws PanelException, LibraryException, InterruptedException {
    List<PanelEpisode> episodes =
        client.ask(
            Map.of("action", "get_series_info", "series_id", series.id()),
            state.response(),
            in -> {
              List<PanelEpisode> found = new ArrayList<>();
              XtreamAnswers.episodes(in, item -> PanelEpisode.of(item).ifPresent(found::add));
              return found;
            });
    try {
      shelf.keep(series, episodes, clock.instant());
    } catch (IOException e) {
      throw LibraryProblems.unwritable(state.response(), e);
    }
    return episodes;
  }
}
