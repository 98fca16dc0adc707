package streamcache.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Changes single lines of the text of {@code streamcache.conf}. Every other line stays as it is,
 * byte for byte: comments, order, blank lines and line ends. Not thread-safe; no I/O.
 */
final class ConfigEdit {

  private static final String MARK = "\ufeff";
  private static final Pattern END = Pattern.compile("\r\n|\n|\r");
  private static final Pattern PROVIDER =
      Pattern.compile("provider\\s+(\\S+)", Pattern.CASE_INSENSITIVE);

  /** A line and the characters that end it. */
  private record Piece(String text, String end) {

    boolean isHead() {
      return !isComment() && ConfigFile.HEAD.matcher(text).matches();
    }

    boolean isComment() {
      return text.isBlank() || text.stripLeading().startsWith("#");
    }

    /** The setting of the line; empty for anything else. */
    Optional<Matcher> setting() {
      Matcher line = ConfigFile.LINE.matcher(text);
      return !isComment() && !isHead() && line.matches() ? Optional.of(line) : Optional.empty();
    }

    boolean sets(String name) {
      return setting()
          .filter(line -> Setting.canonicalName(line.group(1)).equals(name))
          .isPresent();
    }
  }

  /** The lines of one part of the file: those before the first block, or those of a block. */
  private record Part(int from, int to) {}

  private final String start;
  private final String end;
  private final List<Piece> pieces = new ArrayList<>();

  ConfigEdit(String text) {
    this.start = text.startsWith(MARK) ? MARK : "";
    Matcher ends = END.matcher(text);
    this.end = ends.find() ? ends.group() : "\n";
    int from = start.length();
    ends.reset();
    while (ends.find()) {
      pieces.add(new Piece(text.substring(from, ends.start()).replace(MARK, ""), ends.group()));
      from = ends.end();
    }
    if (from < text.length()) {
      pieces.add(new Piece(text.substring(from).replace(MARK, ""), ""));
    }
  }

  /**
   * Sets a setting, in place of the line that counts or in a line of its own.
   *
   * @param block empty for the settings of the server
   * @return false, with nothing changed, if no line can hold the value
   */
  boolean set(Optional<HostGlob> block, String name, String value) {
    Part part = part(block);
    for (int at = part.to() - 1; at >= part.from(); at--) {
      Piece old = pieces.get(at);
      if (old.sets(name)) {
        Matcher line = old.setting().orElseThrow();
        Optional<String> text =
            written(
                old.text().substring(0, line.start(2)), value, old.text().substring(line.end(2)));
        int place = at;
        text.ifPresent(written -> pieces.set(place, new Piece(written, old.end())));
        return text.isPresent();
      }
    }
    return add(block, name, value);
  }

  /** Adds a line after those of the part, and the block if there is none. */
  boolean add(Optional<HostGlob> block, String name, String value) {
    Optional<String> text = written(name + "=", value, "");
    if (text.isEmpty()) {
      return false;
    }
    if (block.isPresent() && head(block.get()) < 0) {
      if (!pieces.isEmpty()) {
        insert(pieces.size(), "");
      }
      insert(pieces.size(), "[provider " + block.get() + "]");
    }
    insert(placeIn(part(block), block.isPresent()), text.get());
    return true;
  }

  /** Removes every line that sets one of these names. */
  void remove(Optional<HostGlob> block, List<String> names) {
    Part part = part(block);
    for (int at = part.to() - 1; at >= part.from(); at--) {
      if (names.stream().anyMatch(pieces.get(at)::sets)) {
        pieces.remove(at);
      }
    }
  }

  /** Removes a block up to its last setting; what follows may be about the next one. */
  void removeBlock(HostGlob block) {
    int head = head(block);
    if (head >= 0) {
      pieces.subList(head, placeIn(part(Optional.of(block)), /* isBlock= */ true)).clear();
    }
  }

  boolean hasBlock(HostGlob block) {
    return head(block) >= 0;
  }

  String text() {
    StringBuilder text = new StringBuilder(start);
    pieces.forEach(piece -> text.append(piece.text()).append(piece.end()));
    return text.toString();
  }

  /** A line that is read as this value: as it stands, or in quotes if it needs them. */
  private static Optional<String> written(String before, String value, String after) {
    for (String quote : List.of("", "\"", "'")) {
      String text = before + quote + value + quote + after;
      Matcher line = ConfigFile.LINE.matcher(text);
      boolean isOneLine = !END.matcher(value).find() && !value.contains(MARK);
      if (isOneLine
          && line.matches()
          && ConfigFile.unquoted(line.group(2)).strip().equals(value.strip())) {
        return Optional.of(text);
      }
    }
    return Optional.empty();
  }

  private void insert(int at, String text) {
    if (at > 0 && pieces.get(at - 1).end().isEmpty()) {
      pieces.set(at - 1, new Piece(pieces.get(at - 1).text(), end));
    }
    pieces.add(at, new Piece(text, end));
  }

  private Part part(Optional<HostGlob> block) {
    int from = block.isPresent() ? head(block.get()) + 1 : 0;
    if (block.isPresent() && from == 0) {
      return new Part(pieces.size(), pieces.size());
    }
    int to = from;
    while (to < pieces.size() && !pieces.get(to).isHead()) {
      to++;
    }
    return new Part(from, to);
  }

  private int head(HostGlob block) {
    for (int at = 0; at < pieces.size(); at++) {
      Matcher head = ConfigFile.HEAD.matcher(pieces.get(at).text());
      if (pieces.get(at).isHead() && head.matches()) {
        Matcher provider = PROVIDER.matcher(head.group(1));
        boolean isOne =
            provider.matches() && HostGlob.parse(provider.group(1)).equals(Optional.of(block));
        if (isOne) {
          return at;
        }
      }
    }
    return -1;
  }

  /**
   * After the last setting of a part. Without one: right after the head of a block; before the
   * comments that belong to the first block; at the end of a file without blocks.
   */
  private int placeIn(Part part, boolean isBlock) {
    for (int at = part.to() - 1; at >= part.from(); at--) {
      if (pieces.get(at).setting().isPresent()) {
        return at + 1;
      }
    }
    if (isBlock) {
      return part.from();
    }
    int at = part.to();
    boolean isBeforeBlock = at < pieces.size();
    while (isBeforeBlock && at > part.from() && !pieces.get(at - 1).text().isBlank()) {
      at--;
    }
    return at;
  }
}
