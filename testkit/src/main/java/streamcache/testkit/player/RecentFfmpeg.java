package streamcache.testkit.player;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * ffmpeg and its libraries from a jar on the class path, unpacked once for this process. There is
 * one for each platform; {@link #isPresent} returns false where none fits.
 */
final class RecentFfmpeg {

  private static final String ROOT = "/org/bytedeco/ffmpeg/";
  private static final Map<String, String> MACHINES =
      Map.of("amd64", "linux-x86_64", "aarch64", "linux-arm64");

  /** The libraries of exactly this version; some do not exist for some platforms. */
  private static final List<String> LIBRARIES =
      List.of(
          "libavcodec.so.62",
          "libavdevice.so.62",
          "libavfilter.so.11",
          "libavformat.so.62",
          "libavutil.so.60",
          "libdrm.so.2",
          "libswresample.so.6",
          "libswscale.so.9",
          "libva-drm.so.2",
          "libva.so.2");

  private static @Nullable Path unpacked;

  private RecentFfmpeg() {}

  static boolean isPresent() {
    try (InputStream program = find("ffmpeg")) {
      if (program == null) {
        System.err.println("LEFT OUT: no recent ffmpeg for this machine on the class path");
      }
      return program != null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static synchronized ProcessBuilder program() {
    Path folder = unpacked;
    if (folder == null) {
      folder = unpack();
      unpacked = folder;
    }
    ProcessBuilder program = new ProcessBuilder(folder.resolve("ffmpeg").toString());
    program.environment().put("LD_LIBRARY_PATH", folder.toString());
    return program;
  }

  private static @Nullable InputStream find(String name) {
    String machine = MACHINES.getOrDefault(System.getProperty("os.arch"), "none");
    return RecentFfmpeg.class.getResourceAsStream(ROOT + machine + "/" + name);
  }

  private static Path unpack() {
    try {
      Path folder = Files.createTempDirectory("ffmpeg");
      folder.toFile().deleteOnExit();
      copy("ffmpeg", folder);
      for (String library : LIBRARIES) {
        copy(library, folder);
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(String name, Path folder) throws IOException {
    try (InputStream bytes = find(name)) {
      if (bytes == null) {
        return;
      }
      Path file = folder.resolve(name);
      Files.copy(bytes, file);
      file.toFile().deleteOnExit();
      if (!file.toFile().setExecutable(true)) {
        throw new IOException("cannot be made executable: " + file);
      }
    }
  }
}
