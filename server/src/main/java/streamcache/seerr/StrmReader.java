package streamcache.seerr;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import streamcache.link.Links;
import streamcache.link.TitleKey;

/** Reads which title a {@code .strm} file stands for. Blocks for disk I/O. */
final class StrmReader {

  /** Longer than any link; a larger file is not a {@code .strm} file. */
  private static final int MOST_BYTES = 128 * 1024;

  private final Links links;

  StrmReader(Links links) {
    this.links = links;
  }

  static boolean isStrm(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".strm");
  }

  /**
   * Uses the first line that is neither blank nor a comment.
   *
   * @param file not a pipe or a device, which might never end
   */
  Optional<TitleKey> read(Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = content.readNBytes(MOST_BYTES + 1);
      return bytes.length > MOST_BYTES
          ? Optional.empty()
          : new String(bytes, UTF_8)
              .lines()
              .map(line -> line.replace("\uFEFF", "").strip())
              .filter(line -> !line.isEmpty() && !line.startsWith("#"))
              .findFirst()
              .flatMap(links::titleOf);
    }
  }
}
