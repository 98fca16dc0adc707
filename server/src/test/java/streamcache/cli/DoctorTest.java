package streamcache.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.settings.Settings;
import streamcache.settings.SettingsException;
import streamcache.testkit.Content;
import streamcache.testkit.RecordedRequest;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;

/** What the doctor command says about a provider, run in this process. */
final class DoctorTest {

  private static final Content FILM = Content.of(/* seed= */ 8, 20L << 20);

  /** Far from what a loopback brings, however busy the machine is. */
  private static final long SLOW = 100_000;

  private static final String FIRST = "bytes=0-65535";
  private static final String OPEN = "bytes=65536-";
  private static final String CLOSED = "bytes=65536-1114111";

  @TempDir private Path folder;

  private String examined(String url, String... lines) throws SettingsException, IOException {
    Files.write(folder.resolve("streamcache.conf"), List.of(lines));
    Settings settings =
        Settings.load(
            Map.of(
                "CONFIG_DIR", folder.toString(),
                "CACHE_DIR", folder.resolve("cache").toString(),
                "CACHE_MAX_BYTES", "10MiB",
                "CACHE_MIN_FREE_BYTES", "1MiB",
                "EGRESS_ALLOW", "127.0.0.1",
                "BIND", "127.0.0.1",
                "PORT", "1"),
            Map.of());
    StringWriter text = new StringWriter();
    new Doctor(settings, Map.of(), new PrintWriter(text))
        .run(new Invocation("doctor", List.of(url), Map.of(), Map.of()));
    return text.toString();
  }

  /** A provider that sends ranges as the script says that its kind of range gets. */
  private static ScriptedOrigin origin(Script open, Script closed) {
    return ScriptedOrigin.start()
        .on(
            "/film.mkv",
            wire -> {
              boolean isOpen = wire.request().range().orElse("-").endsWith("-");
              wire.play(isOpen ? open : closed);
            });
  }

  private static List<String> ranges(ScriptedOrigin origin) {
    return origin.requests("/film.mkv").stream().map(r -> r.range().orElse("none")).toList();
  }

  @Test
  void provider_throttlesOpenRanges_saysWhichLineMendsThat() throws Exception {
    try (ScriptedOrigin origin = origin(Script.of(FILM).pace(SLOW), Script.of(FILM))) {
      String told = examined(origin.url("/film.mkv?token=canary"));
      assertThat(told)
          .contains("FIX   speed: the provider throttles open ranges to 0.1")
          .contains("add the line RANGE_SIZE = 8MiB to the block [provider 127.0.0.1] of")
          .doesNotContain("canary");
      assertThat(ranges(origin)).containsExactly(FIRST, OPEN, CLOSED);
      List<RecordedRequest> requests = origin.requests("/film.mkv");
      assertThat(requests.get(1).connection()).isEqualTo(requests.get(0).connection());
    }
  }

  @Test
  void provider_slowInAnyCase_isNoFinding() throws Exception {
    Script slow = Script.of(FILM).pace(4 * SLOW);
    try (ScriptedOrigin origin = origin(slow, slow)) {
      assertThat(examined(origin.url("/film.mkv")))
          .contains("OK    provider")
          .doesNotContain("speed");
      assertThat(ranges(origin)).containsExactly(FIRST, OPEN, CLOSED);
    }
  }

  @Test
  void provider_fast_isAskedOnceMoreOnly() throws Exception {
    try (ScriptedOrigin origin = origin(Script.of(FILM), Script.of(FILM))) {
      assertThat(examined(origin.url("/film.mkv")))
          .contains("OK    provider")
          .doesNotContain("speed");
      assertThat(ranges(origin)).containsExactly(FIRST, OPEN);
    }
  }

  /** As a panel with one connection that still counts the one before. */
  @Test
  void provider_refusesTheComparison_isNoFinding() throws Exception {
    Script refused = Script.of(FILM).fromRequest(3, _ -> Script.status(458));
    try (ScriptedOrigin origin =
        ScriptedOrigin.start()
            .on(
                "/film.mkv",
                wire -> {
                  boolean isOpen = wire.request().range().orElse("-").endsWith("-");
                  Script script = isOpen ? refused.pace(SLOW) : refused;
                  wire.play(script.at(wire.request().number()));
                })) {
      assertThat(examined(origin.url("/film.mkv")))
          .contains("OK    provider")
          .doesNotContain("speed");
      assertThat(ranges(origin)).containsExactly(FIRST, OPEN, CLOSED);
    }
  }

  @Test
  void certificateRejected_linkAsksNotToVerifyIt_saysWhatDoes() throws Exception {
    try (ScriptedOrigin tls = ScriptedOrigin.startTls().serve("/film.mkv", Script.of(FILM))) {
      assertThat(examined(tls.url("/film.mkv") + "|verifypeer=false"))
          .containsOnlyOnce("the link asks not to verify the certificate (verifypeer=false)")
          .contains("FIX   provider")
          .contains("DISABLE_SSL_VERIFY = 1 in the block of its host");
      assertThat(examined(tls.url("/film.mkv")))
          .contains("FIX   provider")
          .doesNotContain("verifypeer");
    }
  }

  @Test
  void provider_tellsAnotherTime_saysToSetTheClock() throws Exception {
    Script early = Script.of(FILM).header("Date", "Thu, 01 Jan 2026 00:00:00 GMT");
    try (ScriptedOrigin origin = origin(early, early)) {
      assertThat(examined(origin.url("/film.mkv")))
          .containsPattern("FIX   clock: this machine's is .* ahead of that of 127\\.0\\.0\\.1");
    }
  }

  @Test
  void provider_hasRangeSize_isNotCompared() throws Exception {
    try (ScriptedOrigin origin = origin(Script.of(FILM).pace(SLOW), Script.of(FILM))) {
      examined(origin.url("/film.mkv"), "[provider 127.0.0.1]", "RANGE_SIZE = 1MiB");
      assertThat(ranges(origin)).containsExactly(FIRST);
    }
  }
}
