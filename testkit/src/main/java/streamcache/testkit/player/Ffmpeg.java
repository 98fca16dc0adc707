package streamcache.testkit.player;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import streamcache.testkit.process.Run;

/** ffmpeg as a player, and to judge whether two sources hold the same film. */
public enum Ffmpeg {
  /** The installed version, which on Debian is some years old. */
  INSTALLED {
    @Override
    public boolean isPresent() {
      return Tool.FFMPEG.isPresent();
    }

    @Override
    ProcessBuilder program() {
      return new ProcessBuilder(Tool.FFMPEG.program());
    }
  },
  /** A recent version from a Maven artefact, close to what new media servers ship. */
  RECENT {
    @Override
    public boolean isPresent() {
      return RecentFfmpeg.isPresent();
    }

    @Override
    ProcessBuilder program() {
      return RecentFfmpeg.program();
    }
  };

  /** Whether it can be run here; if not, says so on standard error. */
  public abstract boolean isPresent();

  abstract ProcessBuilder program();

  /** Decodes the whole film; every decoding or network error is in {@link Run#err}. */
  public Run play(String url) {
    return run("-i", url, "-f", "null", "-");
  }

  /** Decodes a range after a seek. */
  public Run play(String url, Duration from, Duration length) {
    return run("-ss", seconds(from), "-i", url, "-t", seconds(length), "-f", "null", "-");
  }

  /**
   * Writes digests of each decoded frame from a position on to standard output: equal for a film
   * and its file. From zero on, it plays without a seek, as players begin a film.
   */
  public Run frames(String url, Duration from, Duration length) {
    List<String> arguments = new ArrayList<>();
    if (!from.isZero()) {
      arguments.addAll(List.of("-ss", seconds(from)));
    }
    arguments.addAll(List.of("-i", url, "-t", seconds(length)));
    arguments.addAll(List.of("-map", "0:v", "-map", "0:a", "-f", "framemd5", "-"));
    return run(arguments.toArray(String[]::new));
  }

  /** Writes digests of each packet without decoding: cheap, for the whole film. */
  public Run packets(String url) {
    return run("-i", url, "-map", "0", "-c", "copy", "-f", "framemd5", "-");
  }

  /** Decodes a range from the beginning and stops at the first error or warning. */
  public Run playStrictly(String url, Duration length) {
    return warned("-xerror", "-i", url, "-t", seconds(length), "-f", "null", "-");
  }

  /** Decodes only the frames at which decoding may begin, as trick play does. */
  public Run playRefreshes(String url, Duration length) {
    return warned("-skip_frame", "nokey", "-i", url, "-t", seconds(length), "-f", "null", "-");
  }

  /**
   * Writes decoded frames from a position on to a file: 8-bit planes, chroma at half resolution.
   */
  public Run rawFrames(String url, Duration from, int count, Path file) {
    return warned(
        "-ss",
        seconds(from),
        "-i",
        url,
        "-frames:v",
        Integer.toString(count),
        "-f",
        "rawvideo",
        "-pix_fmt",
        "yuv420p",
        "-y",
        file.toString());
  }

  /** Writes decoded sound to a file: 16 bits a sample, channels interleaved. */
  public Run rawSound(String url, Duration length, Path file) {
    return warned("-i", url, "-t", seconds(length), "-vn", "-f", "s16le", "-y", file.toString());
  }

  /** Runs Jellyfin's HLS remux into a folder, from a position on; reads the film at full speed. */
  public Run jellyfinRemux(String url, Duration from, Path folder) {
    List<String> arguments =
        new ArrayList<>(List.of("-analyzeduration", "200M", "-probesize", "1G"));
    if (!from.isZero()) {
      arguments.addAll(List.of("-ss", seconds(from)));
    }
    arguments.addAll(
        List.of(
            "-fflags",
            "+genpts",
            "-i",
            url,
            "-map_metadata",
            "-1",
            "-map_chapters",
            "-1",
            "-threads",
            "0",
            "-map",
            "0:V",
            "-map",
            "0:a",
            "-map",
            "-0:s",
            "-codec:v:0",
            "copy",
            "-codec:a:0",
            "copy",
            "-copyts",
            "-avoid_negative_ts",
            "disabled",
            "-max_muxing_queue_size",
            "2048",
            "-f",
            "hls",
            "-max_delay",
            "5000000",
            "-hls_time",
            "6",
            "-hls_segment_type",
            "mpegts",
            "-start_number",
            "0",
            "-hls_playlist_type",
            "vod",
            "-hls_list_size",
            "0",
            "-hls_segment_filename",
            folder.resolve("%d.ts").toString(),
            "-y",
            folder.resolve("main.m3u8").toString()));
    return run(arguments.toArray(String[]::new));
  }

  private Run run(String... arguments) {
    return run("error", arguments);
  }

  /** Runs ffmpeg so that it reports warnings, too. */
  private Run warned(String... arguments) {
    return run("warning", arguments);
  }

  private Run run(String loudness, String[] arguments) {
    ProcessBuilder program = program();
    program.command().addAll(List.of("-v", loudness, "-nostdin"));
    program.command().addAll(List.of(arguments));
    return Run.of(program);
  }

  private static String seconds(Duration time) {
    return Double.toString(time.toMillis() / 1000.0);
  }
}
