package streamcache.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the import blocks of streamcache.conf. Used once at start, by one thread. */
final class ImportBlockReader {

  private static final Pattern HEAD =
      Pattern.compile("import\\s+([A-Za-z0-9._-]{1,64})", Pattern.CASE_INSENSITIVE);

  private static final Pattern START = Pattern.compile("import\\b.*", Pattern.CASE_INSENSITIVE);

  private final List<String> problems;

  /**
   * @param problems receives a sentence for each error that prevents a start
   */
  ImportBlockReader(List<String> problems) {
    this.problems = problems;
  }

  static boolean isImport(ConfigFile.Block text) {
    return START.matcher(text.head()).matches();
  }

  List<ImportBlock> read(List<ConfigFile.Block> texts) {
    List<ImportBlock> blocks = new ArrayList<>();
    for (ConfigFile.Block text : texts) {
      block(text).ifPresent(block -> add(block, blocks));
    }
    return blocks;
  }

  private void add(ImportBlock block, List<ImportBlock> blocks) {
    for (ImportBlock other : blocks) {
      if (other.name().equalsIgnoreCase(block.name())) {
        problems.add(block + " has the name of " + other + "; give it another one.");
      } else if (other.folder().startsWith(block.folder())
          || block.folder().startsWith(other.folder())) {
        problems.add(block + " and " + other + " share a folder; give each a folder of its own.");
      }
    }
    blocks.add(block);
  }

  private Optional<ImportBlock> block(ConfigFile.Block text) {
    Matcher head = HEAD.matcher(text.head());
    if (!head.matches()) {
      problems.add(
          text.where()
              + " is not a block header; write [import NAME] with a NAME of up to 64 letters,"
              + " digits, dots, hyphens or underscores.");
      return Optional.empty();
    }
    int before = problems.size();
    Map<String, String> written = written(text);
    for (Setting<?> key :
        List.of(ImportTable.URL, ImportTable.USER, ImportTable.PASSWORD, ImportTable.FOLDER)) {
      if (!written.containsKey(key.name())) {
        problems.add(text.where() + " begins an import without " + key.name() + "; add that line.");
      }
    }
    if (problems.size() > before) {
      return Optional.empty();
    }
    return Optional.of(
        new ImportBlock(
            head.group(1),
            text.where(),
            value(ImportTable.URL, written).orElseThrow(),
            value(ImportTable.USER, written).orElseThrow(),
            value(ImportTable.PASSWORD, written).orElseThrow(),
            value(ImportTable.FOLDER, written).orElseThrow(),
            value(ImportTable.KINDS, written).orElse(Set.of(ImportKind.FILM, ImportKind.SERIES)),
            value(ImportTable.PRUNE, written).orElse(false),
            written));
  }

  private Map<String, String> written(ConfigFile.Block text) {
    Map<String, String> written = new HashMap<>();
    for (ConfigFile.Line line : text.lines()) {
      String name = Setting.canonicalName(line.name());
      Optional<Setting<?>> key =
          ImportTable.all().stream().filter(known -> known.name().equals(name)).findFirst();
      if (key.isEmpty()) {
        problems.add(
            Sources.cleaned(name)
                + " in "
                + line.where()
                + " is not a key of an import; the keys are "
                + String.join(", ", ImportTable.all().stream().map(Setting::name).toList())
                + ".");
      } else if (key.get().kind().parse(line.value().strip()).isEmpty()) {
        // The value may hold a password, even in the URL.
        problems.add(
            "%s is invalid in %s; expected %s."
                .formatted(name, line.where(), key.get().kind().allowed()));
      } else {
        written.put(name, line.value().strip());
      }
    }
    return written;
  }

  private static <T> Optional<T> value(Setting<T> key, Map<String, String> written) {
    return Optional.ofNullable(written.get(key.name())).flatMap(key.kind()::parse);
  }
}
