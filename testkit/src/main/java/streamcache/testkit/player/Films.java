package streamcache.testkit.player;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import streamcache.testkit.process.Run;

/**
 * Real films made with ffmpeg once and kept in a folder of the build: video with noise, so that
 * their size is that of a film, and a tone. All containers hold the same streams. Any thread.
 */
public final class Films {

  /** The containers that players treat differently. */
  public enum Container {
    /** Index at the front: one request is enough to play it. */
    MP4_FAST_START("mp4", "mp4", "+faststart"),
    /** Index at the end: every player seeks there first. */
    MP4_INDEX_AT_END("mp4", "mp4", ""),
    MKV("mkv", "matroska", ""),
    TS("ts", "mpegts", "");

    private final String extension;
    private final String format;
    private final String movFlags;

    Container(String extension, String format, String movFlags) {
      this.extension = extension;
      this.format = format;
      this.movFlags = movFlags;
    }

    public String extension() {
      return extension;
    }

    public String mediaType() {
      return switch (this) {
        case MP4_FAST_START, MP4_INDEX_AT_END -> "video/mp4";
        case MKV -> "video/x-matroska";
        case TS -> "video/mp2t";
      };
    }
  }

  /** Video and audio together, so that two minutes take about 42 MB. */
  private static final int KILOBITS_A_SECOND = 2800;

  private static final int SECTOR = 2048;
  private static final int SYSTEM_AREA = 16 * SECTOR;
  private static final int PRIMARY = 1;
  private static final int TERMINATOR = 255;

  private final Path folder;
  private final ReentrantLock making = new ReentrantLock();

  private Films(Path folder) {
    this.folder = folder;
  }

  /** Returns the films of this build, under {@code target/films} of the module. */
  public static Films ofBuild() {
    return in(Path.of("target", "films"));
  }

  public static Films in(Path folder) {
    return new Films(folder.toAbsolutePath());
  }

  /** Two minutes, about 40 MB. */
  public Path film(Container container) {
    return film(container, Duration.ofMinutes(2), KILOBITS_A_SECOND);
  }

  /** About 350 kB per second of film at 2800 kbit/s. Creates the film if it does not exist yet. */
  public Path film(Container container, Duration length, int kilobitsASecond) {
    String stem = "film-%ds-%dk".formatted(length.toSeconds(), kilobitsASecond);
    making.lock();
    try {
      Files.createDirectories(folder);
      Path master = folder.resolve(stem + ".mkv");
      if (!Files.exists(master)) {
        make(master, encode(length, kilobitsASecond));
      }
      if (container == Container.MKV) {
        return master;
      }
      Path film = folder.resolve(stem + "-" + container + "." + container.extension);
      if (!Files.exists(film)) {
        make(film, remux(master, container));
      }
      return film;
    } catch (IOException e) {
      throw new IllegalStateException("no film", e);
    } finally {
      making.unlock();
    }
  }

  /**
   * An image of a disc with the film as a transport stream behind its volume descriptors. Players
   * that search a file for a film of any kind find it. Creates it if it does not exist yet.
   */
  public Path discImage(Duration length, int kilobitsASecond) {
    Path film = film(Container.TS, length, kilobitsASecond);
    Path image = folder.resolve(film.getFileName() + ".iso");
    making.lock();
    try {
      if (!Files.exists(image)) {
        Path partial = Files.createTempFile(folder, "making", ".part");
        try (OutputStream file = Files.newOutputStream(partial)) {
          file.write(new byte[SYSTEM_AREA]);
          file.write(descriptor(PRIMARY));
          file.write(descriptor(TERMINATOR));
          Files.copy(film, file);
        }
        Files.move(partial, image, StandardCopyOption.ATOMIC_MOVE);
      }
      return image;
    } catch (IOException e) {
      throw new IllegalStateException("no image", e);
    } finally {
      making.unlock();
    }
  }

  /** One sector, ECMA-119 section 8.1. */
  private static byte[] descriptor(int type) {
    byte[] identifier = "CD001".getBytes(US_ASCII);
    return ByteBuffer.allocate(SECTOR).put((byte) type).put(identifier).put((byte) 1).array();
  }

  /** The file appears under its name only when complete: builds may share the folder. */
  private void make(Path film, List<String> arguments) throws IOException {
    Path partial = Files.createTempFile(folder, "making", ".part");
    try {
      List<String> command = new ArrayList<>(List.of(Tool.FFMPEG.program(), "-v", "error"));
      command.addAll(List.of("-nostdin", "-y"));
      command.addAll(arguments);
      command.add(partial.toString());
      Run run = Run.of(Duration.ofMinutes(5), command);
      if (run.exitCode() != 0) {
        throw new IOException(run.toString());
      }
      Files.move(partial, film, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private static List<String> encode(Duration length, int kilobitsASecond) {
    String rate = kilobitsASecond - 128 + "k";
    return List.of(
        "-f",
        "lavfi",
        "-i",
        "testsrc2=size=320x180:rate=24",
        "-f",
        "lavfi",
        "-i",
        "sine=frequency=440:sample_rate=48000",
        "-t",
        Long.toString(length.toSeconds()),
        "-vf",
        "noise=alls=60:allf=t,format=yuv420p",
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-g",
        "48",
        "-bf",
        "0",
        "-b:v",
        rate,
        "-minrate",
        rate,
        "-maxrate",
        rate,
        "-bufsize",
        rate,
        "-c:a",
        "aac",
        "-b:a",
        "128k",
        "-ac",
        "2",
        "-fflags",
        "+bitexact",
        "-flags",
        "+bitexact",
        "-f",
        "matroska");
  }

  private static List<String> remux(Path master, Container container) {
    List<String> arguments = new ArrayList<>(List.of("-i", master.toString(), "-c", "copy"));
    if (!container.movFlags.isEmpty()) {
      arguments.addAll(List.of("-movflags", container.movFlags));
    }
    arguments.addAll(List.of("-fflags", "+bitexact", "-f", container.format));
    return arguments;
  }
}
