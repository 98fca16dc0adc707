package streamcache.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of {@code streamcache.conf}: {@code key=value}, blank lines, comments that start with
 * {@code #} (after a value only if a blank precedes it), and quotes around a value that needs them.
 * Lines after {@code [provider HOST]} apply to that provider, lines after {@code [import NAME]} to
 * that import. Read at start and whenever the operator changes a setting.
 */
final class ConfigFile {

  static final String NAME = "streamcache.conf";

  static final Pattern LINE =
      Pattern.compile("\\s*([A-Za-z][A-Za-z0-9_-]*)\\s*=\\s*(\"[^\"]*\"|'[^']*'|.*?)\\s*(\\s#.*)?");

  static final Pattern HEAD = Pattern.compile("\\s*\\[\\s*(.*?)\\s*]\\s*(#.*)?");

  /** One setting and its location. */
  record Line(String name, String value, String where) {

    /** Omits the value, which may be a secret. */
    @Override
    public String toString() {
      return "Line[" + name + " at " + where + "]";
    }
  }

  /**
   * The lines after a header in brackets.
   *
   * @param head the text in the brackets
   * @param where the location of the header
   */
  record Block(String head, String where, List<Line> lines) {}

  /**
   * @param lines the lines before the first block
   */
  record Text(List<Line> lines, List<Block> blocks) {}

  private static final Text NOTHING = new Text(List.of(), List.of());

  private ConfigFile() {}

  /**
   * @param problems receives a sentence for each line that cannot be read
   * @return the content of the file in its order; empty if there is no file or it cannot be read
   */
  static Text read(Path folder, List<String> problems) {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return NOTHING;
    }
    try {
      return read(file, Files.readAllBytes(file), problems);
    } catch (IOException unreadable) {
      problems.add(
          file
              + " cannot be read ("
              + unreadable.getClass().getSimpleName()
              + "); make it a file that this user can read.");
    }
    return NOTHING;
  }

  /**
   * As the other method, from a content that the file has or may get.
   *
   * @param file for messages
   */
  static Text read(Path file, byte[] content, List<String> problems) {
    try {
      return text(file, decoded(content).lines().toList(), problems);
    } catch (CharacterCodingException notText) {
      problems.add(file + " is not UTF-8 text; save it in UTF-8.");
      return NOTHING;
    }
  }

  static String decoded(byte[] content) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
  }

  private static Text text(Path file, List<String> texts, List<String> problems) {
    List<Line> before = new ArrayList<>();
    List<Block> blocks = new ArrayList<>();
    for (int at = 0; at < texts.size(); at++) {
      String text = texts.get(at).replace("\ufeff", "");
      if (text.isBlank() || text.stripLeading().startsWith("#")) {
        continue;
      }
      String where = file + ":" + (at + 1);
      Matcher head = HEAD.matcher(text);
      Matcher matcher = LINE.matcher(text);
      if (head.matches()) {
        blocks.add(new Block(head.group(1), where, new ArrayList<>()));
      } else if (matcher.matches()) {
        List<Line> lines = blocks.isEmpty() ? before : blocks.getLast().lines();
        lines.add(new Line(matcher.group(1), unquoted(matcher.group(2)), where));
      } else {
        problems.add(where + " is not a setting; write NAME=value, or begin a comment with #.");
      }
    }
    return new Text(before, blocks);
  }

  static String unquoted(String value) {
    boolean quoted =
        value.length() >= 2
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(value.length() - 1) == value.charAt(0);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
