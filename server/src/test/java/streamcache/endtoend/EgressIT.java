package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.testkit.Answer;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.process.Run;

/** The address policy as an operator sees it: start-up, log and doctor. */
final class EgressIT {

  private static final Map<String, String> DEFAULTS = Map.of("EGRESS_ALLOW", "");

  @TempDir Path folder;

  private final Content film = Content.of(16, 100_000);
  private final ScriptedOrigin provider =
      ScriptedOrigin.start().serve("/film.mkv", Script.of(film));

  @AfterEach
  void closeProvider() {
    provider.close();
  }

  @Test
  void refusal_logNamesTheSettingAndTheAnswerDoesNot() throws IOException {
    String setting = "EGRESS_ALLOW=127.0.0.1:" + provider.port();
    try (Product product = Product.start(folder, DEFAULTS)) {
      Answer answer =
          RawClient.get(product.address(), product.link(provider.url("/film.mkv?token=s3cr3t")));
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.text()).doesNotContain("EGRESS").doesNotContain("loopback");
      product.process().awaitLine(Pattern.compile("title-failed.*" + setting));
      assertThat(product.process().output()).doesNotContain("s3cr3t");
    }
    assertThat(provider.totalConnections()).isZero();
    try (Product product = Product.start(folder, Map.of("EGRESS_ALLOW", setting.substring(13)))) {
      RawClient.get(product.address(), product.link(provider.url("/film.mkv")))
          .check(film, 0, film.length());
    }
  }

  @Test
  void doctor_asksUnderTheSameRules() {
    Run refused = Product.run(folder, DEFAULTS, "doctor", provider.url("/film.mkv"));
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.out())
        .contains("FIX   provider")
        .contains("EGRESS_ALLOW=127.0.0.1:" + provider.port() + " would allow it");
    assertThat(provider.totalConnections()).isZero();
  }

  @Test
  void serve_wrongPlace_doesNotStart() {
    Run run = Product.run(folder, Map.of("EGRESS_DENY", "10.0.0.0/33"), "serve");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("EGRESS_DENY is '10.0.0.0/33'").contains("CIDR");
  }
}
