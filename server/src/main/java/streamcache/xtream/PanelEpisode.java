package streamcache.xtream;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * An episode as a panel lists it. Pure.
 *
 * @param id on the panel; digits
 * @param title an empty string if unknown
 */
record PanelEpisode(String id, int season, int number, String title, String extension) {

  private static final int MOST = 100_000;

  /** Empty without an id or a number. */
  static Optional<PanelEpisode> of(PanelItem item) {
    Optional<String> id = PanelText.id(item, "id");
    OptionalInt number = small(item, "episode_num", "episode", "sort");
    if (id.isEmpty() || number.isEmpty()) {
      return Optional.empty();
    }
    int season =
        small(item, "season", "season_number")
            .orElse(item.season().isEmpty() ? 1 : Integer.parseInt(item.season()));
    return Optional.of(
        new PanelEpisode(
            id.get(),
            season,
            number.getAsInt(),
            PanelText.line(item.text("title", "name")),
            PanelText.extension(item)));
  }

  private static OptionalInt small(PanelItem item, String... names) {
    long value = item.number(names).orElse(-1);
    return value < 0 || value > MOST ? OptionalInt.empty() : OptionalInt.of((int) value);
  }
}
