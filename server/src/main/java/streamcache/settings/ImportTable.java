package streamcache.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The keys of an import block of streamcache.conf, in the order in which people read them. */
public final class ImportTable {

  /** Filled by the declarations below. */
  private static final List<Setting<?>> ALL = new ArrayList<>();

  static final Setting<Endpoint> URL =
      key(
          "URL",
          new ValueType.Callable(/* mayHaveQuery= */ false),
          "none: required",
          "URL of an Xtream panel, without user and password");
  static final Setting<String> USER =
      key(
          "USER",
          new ValueType.Form<>(
              ImportTable::user, "up to 256 printable characters without spaces", "text"),
          "none: required",
          "user of the account");
  static final Setting<SecretText> PASSWORD =
      key("PASSWORD", new ValueType.Secret(), "none: required", "password of the account");
  static final Setting<Path> FOLDER =
      key(
          "FOLDER",
          new ValueType.Folder(),
          "none: required",
          "folder that the import fills; an import has its folder for itself");
  static final Setting<Set<ImportKind>> KINDS =
      key(
          "KINDS",
          new ValueType.Form<>(
              ImportTable::kinds,
              "film, series or live, separated by commas",
              "film, series, live"),
          "film, series",
          "what is imported");
  static final Setting<Boolean> PRUNE =
      key(
          "PRUNE",
          new ValueType.Flag(),
          "0",
          "1 removes what the panel no longer lists, after a complete import");

  private static final String SEPARATOR = "[,\\s]+";

  private ImportTable() {}

  /** All keys, for documentation. */
  public static List<Setting<?>> all() {
    return Collections.unmodifiableList(ALL);
  }

  private static <T> Setting<T> key(
      String name, ValueType<T> kind, String standard, String meaning) {
    Setting<T> key = Setting.computed(name, kind, standard, meaning);
    ALL.add(key);
    return key;
  }

  private static Optional<String> user(String text) {
    return text.matches("[^\\s\\p{Cntrl}]{1,256}") ? Optional.of(text) : Optional.empty();
  }

  /** Reads a list of kinds; empty if a word is none. */
  public static Optional<Set<ImportKind>> kinds(String text) {
    ValueType<ImportKind> word = new ValueType.Choice<>(ImportKind.class);
    List<Optional<ImportKind>> read =
        Arrays.stream(text.strip().split(SEPARATOR, -1)).map(word::parse).toList();
    return read.isEmpty() || read.stream().anyMatch(Optional::isEmpty)
        ? Optional.empty()
        : Optional.of(EnumSet.copyOf(read.stream().flatMap(Optional::stream).toList()));
  }
}
