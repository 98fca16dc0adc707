package streamcache.testkit.player;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * ffmpeg and its libraries out of a jar on the class path, unpacked once for this process. There is
 * one for each kind of machine; where none fits, {@link #isPresent} says so.
 */
final class RecentFfmpeg {

  private static final String ROOT = "/org/bytedeco/ffmpeg/";
  private static final Map<String, String> MACHINES =
      Map.of("amd64", "linux-x86_64", "aarch64", "linux-arm64");

  private static @Nullable Path unpacked;

  private RecentFfmpeg() {}

  static boolean isPresent() {
    boolean present = jar() != null;
    if (!present) {
      System.err.println("LEFT OUT: no recent ffmpeg for this machine on the class path");
    }
    return present;
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

  private static @Nullable URL jar() {
    return RecentFfmpeg.class.getResource(inside() + "/ffmpeg");
  }

  private static String inside() {
    return ROOT + MACHINES.getOrDefault(System.getProperty("os.arch"), "none");
  }

  private static Path unpack() {
    URL found = jar();
    if (found == null) {
      throw new AssertionError("asked for without isPresent");
    }
    try {
      Path folder = Files.createTempDirectory("ffmpeg");
      folder.toFile().deleteOnExit();
      URI jar = URI.create(found.toString().replaceFirst("!.*", "!/"));
      try (FileSystem files = FileSystems.newFileSystem(jar, Map.of());
          Stream<Path> all = Files.list(files.getPath(inside()))) {
        for (Path file : all.toList()) {
          copy(file, folder.resolve(file.getFileName().toString()));
        }
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    to.toFile().deleteOnExit();
    try (InputStream bytes = Files.newInputStream(from)) {
      Files.copy(bytes, to);
    }
    if (!to.toFile().setExecutable(true)) {
      throw new IOException("cannot be made executable: " + to);
    }
  }
}
