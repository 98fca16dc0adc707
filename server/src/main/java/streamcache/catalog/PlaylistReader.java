package streamcache.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the entries of an M3U playlist as a stream, in every dialect of IPTV providers
 * (docs/library.md). A directive belongs to the next URL. Lines that it does not understand are
 * left out. Owned by its caller; one thread; blocks for the stream.
 */
final class PlaylistReader implements AutoCloseable {

  private static final String GROUP = "#EXTGRP:";

  /** Every playlist of segments or of variants has one of them (RFC 8216). */
  private static final List<String> STREAM = List.of("#EXT-X-TARGETDURATION", "#EXT-X-STREAM-INF");

  private static final ExtInf NONE = new ExtInf(-1, Map.of(), "");

  private final InputStream in;
  private final PlaylistLines lines;
  private Optional<String> first;

  private PlaylistReader(InputStream in, PlaylistLines lines, Optional<String> first) {
    this.in = in;
    this.lines = lines;
    this.first = first;
  }

  /**
   * Opens the playlist, packed or not.
   *
   * @throws PlaylistException if it is something else, such as the login page of a provider
   */
  static PlaylistReader open(CatalogSource source) throws IOException {
    InputStream raw = source.open();
    try {
      InputStream in = Unpacking.of(raw);
      PlaylistLines lines = new PlaylistLines(in);
      Optional<String> first = lines.next();
      while (first.isPresent() && first.get().isEmpty()) {
        first = lines.next();
      }
      PlaylistLook.check(first);
      return new PlaylistReader(in, lines, first);
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /**
   * The next entry; empty at the end.
   *
   * @throws PlaylistException if it proves to be another kind of playlist
   */
  Optional<PlaylistItem> next() throws IOException {
    ExtInf described = NONE;
    String group = "";
    HeaderLines headers = new HeaderLines();
    for (Optional<String> line = line(); line.isPresent(); line = line()) {
      String text = line.get();
      if (startsWith(text, ExtInf.START)) {
        described = ExtInf.parse(text);
        headers.read(described.attributes());
      } else if (STREAM.stream().anyMatch(tag -> startsWith(text, tag))) {
        throw new PlaylistException(
            "This is the playlist of one stream (HLS), not a list of films; import the list in"
                + " which the stream stands.");
      } else if (startsWith(text, GROUP)) {
        group = text.substring(GROUP.length()).strip();
      } else if (text.startsWith("#")) {
        headers.read(text);
      } else if (!text.isEmpty()) {
        return Optional.of(item(described, group, headers.appendedTo(text)));
      }
    }
    return Optional.empty();
  }

  private static PlaylistItem item(ExtInf described, String group, MediaTarget target) {
    String named = described.attributes().getOrDefault("group-title", "");
    String name = described.name();
    return new PlaylistItem(
        described.seconds(),
        described.attributes(),
        name.isBlank() ? described.attributes().getOrDefault("tvg-name", "") : name,
        named.isBlank() ? group : named,
        target);
  }

  private Optional<String> line() throws IOException {
    if (first.isPresent()) {
      Optional<String> line = first;
      first = Optional.empty();
      return line;
    }
    return lines.next();
  }

  private static boolean startsWith(String text, String start) {
    return text.regionMatches(/* ignoreCase= */ true, 0, start, 0, start.length());
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
