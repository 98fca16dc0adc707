package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.cli.Server;
import streamcache.settings.Settings;
import streamcache.testkit.Content;
import streamcache.testkit.FakeClock;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;

/** What was added to the library is fetched at night. */
final class NightlyPrewarmTest {

  private static final String TOKEN = "token-of-this-test";
  private static final Content FILM = Content.of(/* seed= */ 43, 24 * MIB + 5);

  /** The sizes that docs/api.md promises for a film of this size. */
  private static final long ENDS =
      8 * MIB + FILM.length() - (FILM.length() - 2 * MIB) / 4096 * 4096;

  private static final Instant BEFORE_NIGHT =
      LocalDateTime.parse("2026-06-10T02:59:59").atZone(ZoneId.systemDefault()).toInstant();

  @TempDir Path folder;

  @Test
  void night_titleThatWasAdded_getsItsEnds_andAnOldOneNothing() throws Exception {
    Path tree = Files.createDirectories(folder.resolve("library"));
    Path config = Files.createDirectories(folder.resolve("config"));
    Files.writeString(
        config.resolve("streamcache.conf"),
        "[import tv]\nURL=http://127.0.0.1:1\nUSER=u\nPASSWORD=p\nFOLDER=" + tree + "\n");
    Map<String, String> flags = new HashMap<>();
    flags.put("CONFIG_DIR", config.toString());
    flags.put("CACHE_DIR", folder.resolve("cache").toString());
    flags.put("PORT", "0");
    flags.put("BIND", "127.0.0.1");
    flags.put("EGRESS_ALLOW", "127.0.0.1");
    flags.put("ADMIN_TOKEN", TOKEN);
    flags.put("PREWARM_ADDED", "5");
    FakeClock clock = new FakeClock().setWall(BEFORE_NIGHT);
    try (ScriptedOrigin origin = ScriptedOrigin.start().serve("/new.mkv", Script.of(FILM))) {
      write(tree.resolve("new.strm"), origin.url("/new.mkv"), Duration.ofHours(5));
      write(tree.resolve("old.strm"), origin.url("/old.mkv"), Duration.ofDays(3));
      try (Server server = Server.start(Settings.load(flags, Map.of()).rooms(), clock)) {
        clock.advance(Duration.ofSeconds(2));
        ApiClient operator =
            new ApiClient(new InetSocketAddress("127.0.0.1", server.address().getPort()), TOKEN);
        operator.await("/api/v1/prewarm", answer -> answer.text().contains("\"state\":\"done\""));
      }
      assertThat(origin.requests("/new.mkv")).hasSize(2);
      assertThat(origin.bodyBytes("/new.mkv")).isEqualTo(ENDS);
      assertThat(origin.requests("/old.mkv")).isEmpty();
    }
  }

  private static void write(Path file, String url, Duration age) throws Exception {
    Files.writeString(file, url + "\n");
    Files.setLastModifiedTime(file, FileTime.from(BEFORE_NIGHT.minus(age)));
  }
}
