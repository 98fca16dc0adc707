package streamcache.testkit.player;

import java.util.List;
import streamcache.testkit.process.Run;

/** ffprobe as media servers call it. */
public final class Ffprobe {

  private Ffprobe() {}

  /** Jellyfin's own arguments; the answer is JSON on standard output. */
  public static Run jellyfin(String url) {
    return Run.of(
        List.of(
            Tool.FFPROBE.program(),
            "-analyzeduration",
            "200M",
            "-probesize",
            "1G",
            "-i",
            url,
            "-threads",
            "0",
            "-v",
            "warning",
            "-print_format",
            "json",
            "-show_streams",
            "-show_chapters",
            "-show_format"));
  }

  /** The plainest question; exit code 1 when the film cannot be opened. */
  public static Run duration(String url) {
    return Run.of(
        List.of(
            Tool.FFPROBE.program(),
            "-v",
            "error",
            "-show_entries",
            "format=duration",
            "-of",
            "csv=p=0",
            url));
  }
}
