package streamcache.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of {@code streamcache.conf}: {@code key=value}, blank lines, comments from {@code #} on
 * (behind a value only after a blank), quotes around a value that needs them. Read once at start.
 */
final class ConfigFile {

  static final String NAME = "streamcache.conf";

  private static final Pattern LINE =
      Pattern.compile("\\s*([A-Za-z][A-Za-z0-9_-]*)\\s*=\\s*(\"[^\"]*\"|'[^']*'|.*?)\\s*(\\s#.*)?");

  /** One setting, and where it stands. */
  record Line(String name, String value, String where) {}

  private ConfigFile() {}

  /**
   * @param problems gets a sentence for each line that cannot be read
   * @return the settings in their order; none when there is no such file
   */
  static List<Line> read(Path folder, List<String> problems) {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return lines(file, Files.readAllLines(file), problems);
    } catch (CharacterCodingException notText) {
      problems.add(file + " is not text in UTF-8; save it as such.");
    } catch (IOException unreadable) {
      problems.add(
          file
              + " cannot be read ("
              + unreadable.getClass().getSimpleName()
              + "); make it a file that this user may read.");
    }
    return List.of();
  }

  private static List<Line> lines(Path file, List<String> texts, List<String> problems) {
    List<Line> lines = new ArrayList<>();
    for (int at = 0; at < texts.size(); at++) {
      String text = texts.get(at).replace("\ufeff", "");
      if (text.isBlank() || text.stripLeading().startsWith("#")) {
        continue;
      }
      String where = file + ":" + (at + 1);
      Matcher matcher = LINE.matcher(text);
      if (matcher.matches()) {
        lines.add(new Line(matcher.group(1), unquoted(matcher.group(2)), where));
      } else {
        problems.add(where + " is not a setting; write NAME=value, or # before a comment.");
      }
    }
    return lines;
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() >= 2
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(value.length() - 1) == value.charAt(0);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
