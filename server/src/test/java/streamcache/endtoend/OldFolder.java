package streamcache.endtoend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import streamcache.testkit.Content;

/** A cache folder as the nginx version leaves it: {@code files}, {@code meta} and {@code tmp}. */
record OldFolder(Path root) {

  static OldFolder in(Path folder) throws IOException {
    for (String name : List.of("files", "meta", "tmp")) {
      Files.createDirectories(folder.resolve(name));
    }
    return new OldFolder(folder);
  }

  /** Adds a finished title. */
  Path add(String url, Content film) throws IOException {
    return add(url, film.bytes());
  }

  Path add(String url, byte[] bytes) throws IOException {
    Path file = Files.write(place(url), bytes);
    Files.writeString(
        root.resolve("meta").resolve(file.getFileName() + ".meta"),
        "size=%d\nlast_access=1760000000.123\n".formatted(bytes.length));
    return aged(file);
  }

  Path place(String url) {
    return root.resolve("files").resolve(md5(url));
  }

  private static Path aged(Path file) throws IOException {
    return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
  }

  private static String md5(String url) {
    try {
      byte[] digest = MessageDigest.getInstance("MD5").digest(url.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Name, time, mode, and digest of the bytes of everything in the folder. */
  List<String> state() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.sorted().map(this::state).toList();
    }
  }

  private String state(Path file) {
    try {
      return "%s %s %s %s"
          .formatted(
              root.relativize(file),
              Files.getLastModifiedTime(file),
              Files.getPosixFilePermissions(file),
              Files.isRegularFile(file) ? Arrays.hashCode(Files.readAllBytes(file)) : "");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
