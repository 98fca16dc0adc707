package streamcache.testkit.wild;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import streamcache.testkit.player.Ffmpeg;
import streamcache.testkit.player.Ffprobe;
import streamcache.testkit.player.Mpv;
import streamcache.testkit.player.Tool;
import streamcache.testkit.player.Vlc;
import streamcache.testkit.process.Run;

/** A real player, and what it does with a film. Each call starts a process of its own. */
public enum WildPlayer {
  /** With Jellyfin's arguments. */
  FFPROBE(Tool.FFPROBE) {
    @Override
    public String play(String url, Path film, Duration to) {
      Run through = Ffprobe.jellyfin(url);
      boolean isSame = complaints(through).equals(complaints(Ffprobe.jellyfin(film.toString())));
      return through.exitCode() == 0 && isSame ? "" : through.toString();
    }
  },
  FFMPEG_WHOLE(Tool.FFMPEG) {
    @Override
    public String play(String url, Path film, Duration to) {
      return fault(url, film, Duration.ZERO, WHOLE);
    }
  },
  FFMPEG_SEEK(Tool.FFMPEG) {
    @Override
    public String play(String url, Path film, Duration to) {
      return fault(url, film, to, LENGTH);
    }
  },
  MPV_START(Tool.MPV) {
    @Override
    public String play(String url, Path film, Duration to) {
      return fault(Mpv.play(url, to, LENGTH));
    }
  },
  VLC(Tool.VLC) {
    @Override
    public String play(String url, Path film, Duration to) throws IOException {
      try (Vlc vlc = Vlc.play(url)) {
        if (seeks(film)) {
          vlc.seek(to);
        }
        return "";
      } catch (AssertionError e) {
        return String.valueOf(e.getMessage());
      }
    }
  };

  private static final Duration LENGTH = Duration.ofSeconds(1);

  /** Longer than any film. */
  private static final Duration WHOLE = Duration.ofHours(1);

  private final Tool tool;

  WildPlayer(Tool tool) {
    this.tool = tool;
  }

  public Tool tool() {
    return tool;
  }

  /**
   * Plays.
   *
   * @param film the file that the provider has
   * @param to where it seeks, if it does
   * @return what went wrong; empty if nothing did
   */
  public abstract String play(String url, Path film, Duration to) throws IOException;

  /** Over HTTP, VLC does not seek in a transport stream: nor straight at a provider. */
  private static boolean seeks(Path film) {
    return !film.toString().endsWith(".ts");
  }

  /** Compares decoded frames with those of the file, so that a single wrong byte shows. */
  private static String fault(String url, Path film, Duration from, Duration length) {
    Run through = Ffmpeg.INSTALLED.frames(url, from, length);
    Run direct = Ffmpeg.INSTALLED.frames(film.toString(), from, length);
    boolean isSame = !through.out().isEmpty() && through.out().equals(direct.out());
    return through.exitCode() == 0 && isSame ? "" : "other frames, " + through;
  }

  /** Without the addresses of ffmpeg's objects. */
  private static String complaints(Run run) {
    return run.err().replaceAll("@ 0x\\p{XDigit}+", "");
  }

  private static String fault(Run run) {
    return run.isGood() ? "" : run.toString();
  }
}
