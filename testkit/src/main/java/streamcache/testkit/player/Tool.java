package streamcache.testkit.player;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import streamcache.testkit.process.Run;

/**
 * Programs that tests drive. A test that lacks one is skipped with a message: assume {@link
 * #isPresent} with {@link #missing} as the message.
 */
public enum Tool {
  FFMPEG("ffmpeg", "ffmpeg", "-version"),
  FFPROBE("ffprobe", "ffmpeg", "-version"),
  MPV("mpv", "mpv", "--version"),
  CHROMIUM("chromium", "chromium", "--version"),
  VLC("cvlc", "vlc-bin vlc-plugin-base", "--version"),
  GSTREAMER(
      "gst-play-1.0",
      "gstreamer1.0-plugins-base-apps gstreamer1.0-plugins-good gstreamer1.0-libav",
      "--version"),
  KODI("kodi", "kodi", "--version"),
  XVFB("Xvfb", "xvfb", "-version"),
  CURL("curl", "curl", "--version"),
  SCRIPT("script", "bsdutils", "--version"),
  PROMTOOL("promtool", "prometheus", "--version"),
  PROMETHEUS("prometheus", "prometheus", "--version"),
  CADDY("caddy", "caddy", "version");

  private static final ConcurrentMap<Tool, Optional<String>> VERSIONS = new ConcurrentHashMap<>();

  private final String program;
  private final String debianPackage;
  private final String versionFlag;

  Tool(String program, String debianPackage, String versionFlag) {
    this.program = program;
    this.debianPackage = debianPackage;
    this.versionFlag = versionFlag;
  }

  public String program() {
    return program;
  }

  public boolean isPresent() {
    boolean present =
        Pattern.compile(":")
            .splitAsStream(System.getenv().getOrDefault("PATH", ""))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    if (!present) {
      System.err.println(missing());
    }
    return present;
  }

  /** Returns the message for the test log. */
  public String missing() {
    return "LEFT OUT: no %s here, so nothing is known of how it plays (Debian: apt-get install %s)"
        .formatted(program, debianPackage);
  }

  /** Returns the first line of the program's version output; empty if it is not installed. */
  public Optional<String> version() {
    return VERSIONS.computeIfAbsent(this, Tool::askVersion);
  }

  private Optional<String> askVersion() {
    return isPresent()
        ? Run.of(Duration.ofSeconds(30), List.of(program, versionFlag)).out().lines().findFirst()
        : Optional.empty();
  }
}
