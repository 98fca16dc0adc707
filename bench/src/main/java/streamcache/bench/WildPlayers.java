package streamcache.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.player.Chromium;
import streamcache.testkit.player.Kodi;
import streamcache.testkit.player.Tool;
import streamcache.testkit.player.VideoElement;
import streamcache.testkit.wild.WildPlayer;

/** All real players that are installed; Kodi and Chromium are started once. One thread. */
final class WildPlayers implements AutoCloseable {

  /** The page of another site, in which Chromium plays. */
  private static final String PAGE = "/page.html";

  /** A kind of player. */
  sealed interface Player {
    String name();

    /** Whether it takes little time. */
    boolean isQuick();

    default boolean playsTransportStreams() {
      return true;
    }

    /** Whether its link must be one that pages of other sites may read. */
    default boolean needsKey() {
      return false;
    }
  }

  /** One that is started for each film. */
  private record Program(WildPlayer player) implements Player {
    @Override
    public String name() {
      return player.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Override
    public boolean isQuick() {
      return player == WildPlayer.FFPROBE
          || player == WildPlayer.FFMPEG_SEEK
          || player == WildPlayer.MPV_START;
    }
  }

  /** In a {@code <video crossorigin>} of a page of another site. */
  private record Browser() implements Player {
    @Override
    public String name() {
      return "chromium crossorigin";
    }

    @Override
    public boolean isQuick() {
      return false;
    }

    @Override
    public boolean playsTransportStreams() {
      return false;
    }

    @Override
    public boolean needsKey() {
      return true;
    }
  }

  private record MediaCenter() implements Player {
    @Override
    public String name() {
      return "kodi";
    }

    @Override
    public boolean isQuick() {
      return false;
    }
  }

  private final Duration to;
  private final ScriptedOrigin site = ScriptedOrigin.start();
  private final @Nullable Chromium chromium;
  private final @Nullable Kodi kodi;

  /**
   * @param to where each seeks
   */
  WildPlayers(List<Player> all, Duration to) throws IOException {
    this.to = to;
    site.serve(PAGE, Script.status(200, "text/html", "<!DOCTYPE html><title>page</title>"));
    chromium = all.contains(new Browser()) ? Chromium.start() : null;
    kodi = all.contains(new MediaCenter()) ? Kodi.start() : null;
    if (chromium != null) {
      chromium.open("http://localhost:" + site.port() + PAGE);
    }
  }

  /** The players that are installed; those that are not are named on standard error. */
  static List<Player> present() {
    List<Player> all = new ArrayList<>();
    for (WildPlayer player : WildPlayer.values()) {
      if (player.tool().isPresent()) {
        all.add(new Program(player));
      }
    }
    if (Tool.CHROMIUM.isPresent()) {
      all.add(new Browser());
    }
    if (Kodi.isPresent()) {
      all.add(new MediaCenter());
    }
    return all;
  }

  /**
   * Plays and seeks.
   *
   * @param film the file that the provider has
   * @return what went wrong; empty if nothing did
   */
  String play(Player player, String url, Path film) throws IOException {
    try {
      return switch (player) {
        case Program(WildPlayer program) -> program.play(url, film, to);
        case Browser _ -> browse(url);
        case MediaCenter _ -> watch(url);
      };
    } catch (AssertionError e) {
      return String.valueOf(e.getMessage());
    }
  }

  private String browse(String url) {
    VideoElement.playReadable(Objects.requireNonNull(chromium), url).seek(to);
    return "";
  }

  private String watch(String url) throws IOException {
    Kodi started = Objects.requireNonNull(kodi);
    started.play(url);
    started.seek(to);
    started.stop();
    return "";
  }

  @Override
  public void close() throws IOException {
    try (site;
        chromium) {
      if (kodi != null) {
        kodi.close();
      }
    }
  }
}
