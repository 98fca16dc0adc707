package streamcache.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.testkit.process.Run;

/** Keys that people make by a command of deploy/kubernetes, in place of the server. */
final class DeployedKeyTest {

  private static final Pattern KEY = Pattern.compile("--from-literal=secret\\.key=(\"[^\"]*\")");

  @ParameterizedTest
  @ValueSource(strings = {"streamcache.yaml", "cluster.yaml"})
  void read_keyMadeByTheCommandOfAManifest_isOneKey(String manifest) throws Exception {
    String text = Files.readString(Path.of("..", "deploy", "kubernetes", manifest));
    Matcher value = KEY.matcher(text);
    assertThat(value.find()).isTrue();
    // Often enough for letters that other alphabets of base64 do not have.
    for (int key = 0; key < 20; key++) {
      Run made = Run.of(List.of("bash", "-c", "printf %s " + value.group(1))).expectGood();
      assertThat(KeyLines.read(made.out().getBytes(StandardCharsets.UTF_8))).hasSize(1);
    }
  }
}
