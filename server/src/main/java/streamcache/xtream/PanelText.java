package streamcache.xtream;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import streamcache.catalog.YearedTitle;

/** The texts of panels, as they can be used in names and URLs. Pure. */
final class PanelText {

  /** What panels serve if they do not say otherwise. */
  private static final String USUAL_EXTENSION = "mp4";

  private PanelText() {}

  /** One line: control characters and runs of blanks become a single blank. */
  static String line(String text) {
    return text.replaceAll("[\\s\\p{Cntrl}\\p{Zs}\\p{Zl}\\p{Zp}]+", " ").strip();
  }

  /**
   * The name of an item, and its year: as the panel states it, else the one in the name.
   *
   * @return empty if it has no name
   */
  static Optional<YearedTitle> title(PanelItem item) {
    YearedTitle named = YearedTitle.read(line(item.text("name", "title")));
    OptionalInt stated = item.year("year", "releaseDate", "release_date", "releasedate");
    return named.title().isEmpty()
        ? Optional.empty()
        : Optional.of(new YearedTitle(named.title(), stated.isPresent() ? stated : named.year()));
  }

  /** An id, which becomes part of URLs and file names; empty unless it is a number. */
  static Optional<String> id(PanelItem item, String name) {
    OptionalLong id = item.number(name);
    return id.isPresent() && id.getAsLong() >= 0
        ? Optional.of(Long.toString(id.getAsLong()))
        : Optional.empty();
  }

  static String extension(PanelItem item) {
    String written = item.text("container_extension").toLowerCase(Locale.ROOT);
    return written.matches("[a-z0-9]{1,5}") ? written : USUAL_EXTENSION;
  }
}
