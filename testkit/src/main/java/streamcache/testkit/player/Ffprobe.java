package streamcache.testkit.player;

import java.util.List;
import streamcache.testkit.process.Run;

/** ffprobe as media servers call it. */
public final class Ffprobe {

  private Ffprobe() {}

  /** Uses Jellyfin's own arguments; the result is JSON on standard output. */
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

  /** Asks for the duration only; exit code 1 if the film cannot be opened. */
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
