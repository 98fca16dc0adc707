package streamcache.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import tools.jackson.databind.JsonNode;

/** The template for Unraid asks for what exists, and grants what compose.yaml grants. */
final class UnraidTemplateTest {

  private static final Path TEMPLATE = DeployFiles.ROOT.resolve("deploy/unraid/streamcache.xml");

  private static Document template() throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(TEMPLATE.toFile());
  }

  private static List<String> targets(String type) throws Exception {
    NodeList all = template().getElementsByTagName("Config");
    return IntStream.range(0, all.getLength())
        .mapToObj(at -> (Element) all.item(at))
        .filter(each -> each.getAttribute("Type").equals(type))
        .map(each -> each.getAttribute("Target"))
        .toList();
  }

  private static String text(String tag) throws Exception {
    return template().getElementsByTagName(tag).item(0).getTextContent();
  }

  @Test
  void template_variables_areKnown() throws Exception {
    assertThat(targets("Variable")).contains("BASE_URL", "PUID", "PGID");
    DeployFiles.assertKnown(TEMPLATE, targets("Variable"));
  }

  @Test
  void template_portsAndFolders_areThoseOfTheImage() throws Exception {
    assertThat(targets("Port")).containsExactly("8080");
    assertThat(targets("Path"))
        .containsExactly("/var/cache/streamcache", "/etc/streamcache", "/media");
    assertThat(text("WebUI")).isEqualTo("http://[IP]:[PORT:8080]/admin");
  }

  @Test
  void template_rights_areThoseOfTheComposeFile() throws Exception {
    JsonNode service =
        DeployFiles.documents(DeployFiles.ROOT.resolve("compose.yaml"))
            .getFirst()
            .at("/services/streamcache");
    List<String> flags = new ArrayList<>();
    flags.add("--read-only");
    service.path("tmpfs").values().forEach(each -> flags.add("--tmpfs " + each.asString()));
    service.path("cap_drop").values().forEach(each -> flags.add("--cap-drop " + each.asString()));
    service.path("cap_add").values().forEach(each -> flags.add("--cap-add " + each.asString()));
    service
        .path("security_opt")
        .values()
        .forEach(each -> flags.add("--security-opt " + each.asString()));
    flags.add("--pids-limit " + service.path("pids_limit").asString());
    flags.add("--memory " + service.path("mem_limit").asString());
    flags.add("--stop-timeout " + service.path("stop_grace_period").asString().replace("s", ""));
    service
        .at("/logging/options")
        .properties()
        .forEach(
            each -> flags.add("--log-opt " + each.getKey() + "=" + each.getValue().asString()));
    assertThat(service.path("read_only").asBoolean()).isTrue();
    assertThat(text("ExtraParams")).isEqualTo(String.join(" ", flags));
    assertThat(text("Privileged")).isEqualTo("false");
  }
}
