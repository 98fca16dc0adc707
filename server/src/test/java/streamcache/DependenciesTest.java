package streamcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Every external dependency of the build has one exact version, so that the same sources produce
 * the same result. Every library used to compile or test code has a reason in decision 0001.
 */
final class DependenciesTest {

  private static final Path ROOT = Path.of("..");
  private static final Path REASONS = Path.of("..", "docs", "decisions", "0001-libraries.md");

  /** Not a range, not a latest version, nothing that may change under its name. */
  private static final Pattern EXACT = Pattern.compile("[0-9][A-Za-z0-9._-]*(?<!-SNAPSHOT)");

  private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)}");
  private static final Pattern NAME = Pattern.compile("`([a-z0-9_-]+)`");
  private static final String OURS = "streamcache";

  /** An artifact that a pom names: a dependency, a plugin or an annotation processor. */
  private record Named(String pom, String kind, String group, String artifact, String version) {
    @Override
    public String toString() {
      return pom + ": " + kind + " " + group + ":" + artifact + ":" + version;
    }
  }

  @Test
  void versions_areExact() throws Exception {
    List<Named> all = named();
    Map<String, String> managed =
        all.stream()
            .filter(each -> !each.version().isEmpty())
            .collect(
                Collectors.toMap(
                    each -> each.group() + ":" + each.artifact(), Named::version, (one, _) -> one));

    assertThat(all).hasSizeGreaterThan(40);
    assertThat(all)
        .allSatisfy(each -> {
          String key = each.group() + ":" + each.artifact();
          String version = managed.getOrDefault(key, versionOfFamily(each, managed));
          assertThat(each.version().isEmpty() ? version : each.version())
              .as("%s, or what manages it", each)
              .matches(EXACT);
        });
  }

  @Test
  void dependencies_haveAReason() throws Exception {
    TreeSet<String> reasons = new TreeSet<>();
    for (String line : Files.readAllLines(REASONS)) {
      if (line.startsWith("|")) {
        Matcher names = NAME.matcher(line.split("\\|")[1]);
        names.results().forEach(found -> reasons.add(found.group(1)));
      }
    }
    List<Named> dependencies =
        named().stream().filter(each -> !each.kind().equals("plugin")).toList();

    assertThat(dependencies)
        .allSatisfy(each ->
            assertThat(reasons)
                .as("%s needs a line in %s", each, REASONS)
                .contains(each.artifact()));
    assertThat(reasons)
        .as("lines of what is no longer used")
        .isSubsetOf(dependencies.stream().map(Named::artifact).toList());
  }

  /** The version of an imported bill of materials applies to its whole group. */
  private static String versionOfFamily(Named each, Map<String, String> managed) {
    return managed.entrySet().stream()
        .filter(entry -> entry.getKey().endsWith("-bom"))
        .filter(entry -> each.group().startsWith(entry.getKey().split(":")[0]))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("none");
  }

  private static List<Named> named() throws Exception {
    List<Named> all = new ArrayList<>();
    Map<String, String> properties = properties(ROOT.resolve("pom.xml"));
    for (Path pom : poms()) {
      Document document = parse(pom);
      String name = ROOT.relativize(pom).toString();
      for (String kind : List.of("dependency", "plugin", "path")) {
        for (Element element : elements(document.getElementsByTagName(kind))) {
          String group = text(element, "groupId");
          if (!group.equals(OURS)) {
            String version = resolved(text(element, "version"), properties);
            all.add(new Named(name, kind, group, text(element, "artifactId"), version));
          }
        }
      }
    }
    return all;
  }

  private static List<Path> poms() throws IOException {
    try (Stream<Path> folders = Files.list(ROOT)) {
      List<Path> poms = new ArrayList<>(List.of(ROOT.resolve("pom.xml")));
      folders
          .map(folder -> folder.resolve("pom.xml"))
          .filter(Files::isRegularFile)
          .forEach(poms::add);
      return poms;
    }
  }

  private static Map<String, String> properties(Path pom) throws Exception {
    Map<String, String> properties = new HashMap<>();
    NodeList all = parse(pom).getElementsByTagName("properties").item(0).getChildNodes();
    elements(all).forEach(each -> properties.put(each.getTagName(), each.getTextContent().strip()));
    return properties;
  }

  private static String resolved(String version, Map<String, String> properties) {
    return PROPERTY
        .matcher(version)
        .replaceAll(
            found -> Matcher.quoteReplacement(properties.getOrDefault(found.group(1), "unknown")));
  }

  private static Document parse(Path pom)
      throws ParserConfigurationException, IOException, SAXException {
    return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(pom.toFile());
  }

  private static String text(Element parent, String tag) {
    return elements(parent.getChildNodes()).stream()
        .filter(child -> child.getTagName().equals(tag))
        .map(child -> child.getTextContent().strip())
        .findFirst()
        .orElse("");
  }

  private static List<Element> elements(NodeList nodes) {
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      Node node = nodes.item(i);
      if (node instanceof Element element) {
        elements.add(element);
      }
    }
    return elements;
  }
}
