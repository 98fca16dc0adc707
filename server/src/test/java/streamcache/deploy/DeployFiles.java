package streamcache.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import streamcache.settings.Setting;
import streamcache.settings.SettingsTable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files that people deploy Streamcache with, read as the programs that use them do. */
final class DeployFiles {

  static final Path ROOT = Path.of("..");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** What the container understands beside the settings: its entry point, the JDK, the launcher. */
  private static final Set<String> OF_THE_CONTAINER =
      Set.of("PUID", "PGID", "UMASK", "TZ", "JAVA_OPTS", "STREAMCACHE_OPTS");

  private DeployFiles() {}

  /** All files with that end below a folder of the repository, sorted. */
  static List<Path> below(String folder, String end) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
    }
  }

  /** The documents of a file, with anchors and merged keys resolved; a key may occur once. */
  static List<JsonNode> documents(Path file) throws IOException {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    List<JsonNode> documents = new ArrayList<>();
    for (Object each : new Yaml(new SafeConstructor(options)).loadAll(Files.readString(file))) {
      documents.add(JSON.valueToTree(withTextKeys(each)));
    }
    return documents;
  }

  /** YAML allows numbers and booleans as keys; the word {@code on} is one. */
  private static Object withTextKeys(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, Object> texts = new LinkedHashMap<>();
        map.forEach((key, each) -> texts.put(String.valueOf(key), withTextKeys(each)));
        yield texts;
      }
      case List<?> list -> list.stream().map(DeployFiles::withTextKeys).toList();
      case null -> JSON.nullNode();
      default -> value;
    };
  }

  /** Fails unless the container knows each of these variables. */
  static void assertKnown(Path file, Iterable<String> variables) {
    Set<String> known =
        SettingsTable.all().stream()
            .map(Setting::name)
            .collect(Collectors.toCollection(TreeSet::new));
    known.addAll(OF_THE_CONTAINER);
    assertThat(variables).as("variables of %s", file).isSubsetOf(known);
  }
}
