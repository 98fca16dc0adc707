package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import streamcache.testkit.Answer;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What people and programs see for a title that cannot be played. */
final class ErrorPageTest {

  private static final String HTML = "Accept: text/html,application/xhtml+xml";
  private static final String JSON = "Accept: application/problem+json";

  static List<String> names() {
    return List.of(
        "The Matrix (1999).mkv",
        "\"It's\" <script>alert(1)</script> & more %1$s.mkv",
        "🎬 Film 👩‍👩‍👧 Ω Ж.mkv",
        "שלום עולם \u202emp4.mkv",
        "الفيلم (2001).mkv",
        "x".repeat(300) + ".mkv");
  }

  @ParameterizedTest
  @MethodSource("names")
  void page_anyName_isTextOfThePageAndNothingElse(String name) throws Exception {
    try (Rig rig = Rig.start().serve("/gone.mkv", Script.status(404))) {
      Answer answer = get(rig, name, HTML);
      String shown =
          JsonMapper.builder().build().readTree(get(rig, name, JSON).text()).get("name").asString();
      Document page = parse(answer.text());
      assertThat(texts(page, "h1")).containsExactly("The provider no longer has this title");
      assertThat(texts(page, "dd").getFirst()).isEqualTo(shown);
      assertThat(texts(page, "script")).isEmpty();
      assertThat(get(rig, name, "User-Agent: VLC/3.0", "Range: bytes=0-99").status())
          .isEqualTo(206);
    }
  }

  @Test
  void page_saysWhatTheOwnerCanDo_andTheRequest() throws Exception {
    try (Rig rig = Rig.start().serve("/slow.mkv", Script.status(401))) {
      Answer answer = RawClient.get(rig.address(), rig.link("/slow.mkv") + "/Film.mkv", HTML);
      Document page = parse(answer.text());
      assertThat(answer.status()).isEqualTo(502);
      assertThat(texts(page, "aside").getFirst()).contains("streamcache doctor LINK");
      assertThat(texts(page, "dt"))
          .containsExactly("Title", "Provider", "Its response", "Time", "Request");
      assertThat(texts(page, "dd"))
          .startsWith("Film.mkv", "127.0.0.1:" + rig.origin().port(), "status 401")
          .endsWith(answer.header("X-Request-Id").orElseThrow());
    }
  }

  /** The page suits phones and dark mode, and loads nothing from another host. */
  @Test
  void page_needsNothingFromElsewhere() throws IOException {
    try (Rig rig = Rig.start().serve("/gone.mkv", Script.status(404))) {
      Answer answer = get(rig, "Film.mkv", HTML);
      assertThat(answer.text())
          .contains("color-scheme: light dark", "width=device-width")
          .doesNotContain("http:", "https:", "url(", "src=", "@import");
      assertThat(answer.header("Content-Security-Policy").orElseThrow())
          .startsWith("default-src 'none'");
      assertThat(answer.header("Cache-Control")).contains("no-store");
    }
  }

  @Test
  void problem_isForPrograms() throws IOException {
    try (Rig rig = Rig.start().serve("/busy.mkv", Script.status(503))) {
      Answer answer = RawClient.get(rig.address(), rig.link("/busy.mkv") + "/Film.mkv", JSON);
      JsonNode problem = JsonMapper.builder().build().readTree(answer.text());
      assertThat(answer.header("Content-Type")).contains("application/problem+json");
      assertThat(problem.get("type").asString()).isEqualTo("urn:streamcache:problem:busy");
      assertThat(problem.get("status").asInt()).isEqualTo(503).isEqualTo(answer.status());
      assertThat(problem.get("title").asString()).isEqualTo("The provider is busy");
      assertThat(problem.get("instance").asString())
          .isEqualTo("urn:streamcache:request:" + answer.header("X-Request-Id").orElseThrow());
      assertThat(problem.get("name").asString()).isEqualTo("Film.mkv");
      assertThat(problem.get("provider").asString()).startsWith("127.0.0.1:");
      assertThat(problem.get("upstreamStatus").asInt()).isEqualTo(503);
      assertThat(problem.get("retryAfter").asInt()).isPositive();
      assertThat(problem.get("notes").isEmpty()).isTrue();
      assertThat(answer.text()).doesNotContain("busy.mkv", "http:");
    }
  }

  @Test
  void badLink_saysHowToLookIntoIt() throws IOException {
    try (Rig rig = Rig.start()) {
      Answer answer = RawClient.get(rig.address(), "/u/!!!", JSON);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text())
          .contains("urn:streamcache:problem:bad-link", "streamcache link --open");
    }
  }

  private static Answer get(Rig rig, String name, String... fields) throws IOException {
    String escaped = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return RawClient.get(rig.address(), rig.link("/gone.mkv") + "/" + escaped, fields);
  }

  /** Closes the void elements, so that the page parses as XML. */
  private static Document parse(String html)
      throws ParserConfigurationException, SAXException, IOException {
    String xml =
        html.replace("<!doctype html>", "").replaceAll("<(meta|link)([^>]*)>", "<$1$2></$1>");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  private static List<String> texts(Document page, String element) {
    NodeList found = page.getElementsByTagName(element);
    return IntStream.range(0, found.getLength())
        .mapToObj(at -> found.item(at).getTextContent())
        .toList();
  }
}
