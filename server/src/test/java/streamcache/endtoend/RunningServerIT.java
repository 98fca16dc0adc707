package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.process.Run;

/** Commands find the running server through the lock of its cache folder, each in a process. */
final class RunningServerIT {

  private static final Content FILM = Content.of(/* seed= */ 12, 1_000_000);

  /** Nothing answers there, and the command has a configuration folder of its own. */
  private static final Map<String, String> OTHER = Map.of("PORT", "1");

  @TempDir Path folder;

  private Product start() {
    return Product.start(folder, Map.of("CONFIG_DIR", service().toString()));
  }

  private Path service() {
    return folder.resolve("service");
  }

  private Path ownKey() {
    return folder.resolve("config").resolve("secret.key");
  }

  @Test
  void link_serverOnAPortThatTheCommandDoesNotKnow_plays() throws IOException {
    try (ScriptedOrigin origin = ScriptedOrigin.start().serve("/film.mkv", Script.of(FILM));
        Product product = start()) {
      Run run = Product.run(folder, OTHER, "link", origin.url("/film.mkv"));
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).contains(":" + product.address().getPort() + "/e/");
      assertThat(run.err()).doesNotContain("Created a key");
      String target = run.out().strip().replaceFirst("http://[^/]+", "");
      RawClient.get(product.address(), target).check(FILM, 0, FILM.length());
      assertThat(origin.requests("/film.mkv")).hasSize(1);
    }
    assertThat(ownKey()).doesNotExist();
  }

  @Test
  void otherCommands_findItToo() {
    try (Product product = start()) {
      String port = Integer.toString(product.address().getPort());
      assertThat(Product.run(folder, OTHER, "health").exitCode()).isZero();
      assertThat(Product.run(folder, OTHER, "doctor").out())
          .contains("port " + port + " at 127.0.0.1 answers", "in use by the running server");
      assertThat(Product.run(folder, OTHER, "key").out())
          .contains(service().resolve("secret.key").toString());
      assertThat(product.process().isAlive()).isTrue();
    }
    assertThat(ownKey()).doesNotExist();
  }

  /** The name of the machine is not what players use. */
  @Test
  void start_baseUrlIsSet_saysThat() {
    Map<String, String> settings = Map.of("BASE_URL", "https://films.example/below");
    try (Product product = Product.start(folder, settings)) {
      product
          .process()
          .awaitLine(
              Pattern.compile(
                  "Streamcache listens on port %d; players reach it at https://films\\.example/below/$"
                      .formatted(product.address().getPort())));
    }
  }

  @Test
  void link_flags_comeBeforeWhatTheServerTells() {
    try (Product product = start()) {
      Run run = Product.run(folder, OTHER, "link", "--base-url=http://nas", "http://h/film.mkv");
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).startsWith("http://nas/e/");
      assertThat(product.process().isAlive()).isTrue();
    }
  }

  @Test
  void link_serverWasKilled_goesByItsOwnSettings() throws IOException {
    Path lock = folder.resolve("cache").resolve("LOCK");
    try (Product product = start()) {
      assertThat(Files.readString(lock))
          .contains("PORT=" + product.address().getPort() + "\n", "SECRET_KEY_FILE=" + service());
      product.process().kill9();
    }
    assertThat(lock).isNotEmptyFile();
    Run run = Product.run(folder, OTHER, "link", "http://h/film.mkv");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains(":1/e/");
    assertThat(ownKey()).exists();
  }
}
