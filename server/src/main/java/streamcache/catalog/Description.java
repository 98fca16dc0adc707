package streamcache.catalog;

import java.util.OptionalInt;

/**
 * The content of {@code .nfo} files, from which media servers take the numbers of a film or a
 * series. A file without our mark was written by another program and is left alone. Pure.
 */
final class Description {

  private static final String MARK = "<!-- made by streamcache import -->";

  private Description() {}

  static String of(FilmEntry film) {
    return document("movie", film.title(), film.year(), film.ids());
  }

  /** Of the whole series. */
  static String of(EpisodeEntry episode) {
    return document("tvshow", episode.series(), episode.year(), episode.ids());
  }

  static boolean isOurs(String content) {
    return content.contains(MARK);
  }

  private static String document(String root, String title, OptionalInt year, WorkIds ids) {
    StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    text.append(MARK).append("\n<").append(root).append(">\n");
    text.append("  <title>").append(escaped(title)).append("</title>\n");
    year.ifPresent(number -> text.append("  <year>").append(number).append("</year>\n"));
    ids.tmdb().ifPresent(id -> text.append(number("tmdb", id, /* isDefault= */ true)));
    ids.imdb().ifPresent(id -> text.append(number("imdb", id, ids.tmdb().isEmpty())));
    return text.append("</").append(root).append(">\n").toString();
  }

  private static String number(String type, String id, boolean isDefault) {
    String preferred = isDefault ? " default=\"true\"" : "";
    return "  <uniqueid type=\"%s\"%s>%s</uniqueid>\n".formatted(type, preferred, id);
  }

  /** Leaves out what XML cannot contain, escaped or not. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .filter(Description::isAllowed)
        .forEach(letter -> {
          switch (letter) {
            case '&' -> escaped.append("&amp;");
            case '<' -> escaped.append("&lt;");
            case '>' -> escaped.append("&gt;");
            default -> escaped.appendCodePoint(letter);
          }
        });
    return escaped.toString();
  }

  private static boolean isAllowed(int letter) {
    return letter >= ' '
        && !Character.isISOControl(letter)
        && letter != 0xFFFE
        && letter != 0xFFFF
        && (letter < Character.MIN_SURROGATE || letter > Character.MAX_SURROGATE);
  }
}
