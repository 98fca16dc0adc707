package streamcache.store;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file STORE: what a cache folder is, written at first start.
 *
 * @param format of all files in the folder
 * @param id random
 * @param maxBytes the limit chosen at first start for those who set none
 */
record StoreFile(int format, String id, long maxBytes) {

  static final int FORMAT = 1;
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** Only the format: a newer version may have changed all else. */
  private record Head(@Nullable Integer format) {}

  /** Reads the file, or writes a new one. */
  static StoreFile open(Disk disk, Layout layout) throws IOException {
    try {
      return read(layout);
    } catch (NoSuchFileException _) {
      return write(disk, layout);
    } catch (JacksonException _) {
      // Torn at first start, most likely. Nothing in it cannot be chosen anew.
      return write(disk, layout);
    }
  }

  private static StoreFile read(Layout layout) throws IOException {
    byte[] bytes = Files.readAllBytes(layout.storeFile());
    Integer format = JSON.readValue(bytes, Head.class).format();
    if (format != null && format > FORMAT) {
      throw new StoreException(
          StoreException.Cause.TOO_NEW,
          "The cache folder %s was written by a newer version of Streamcache (format %d; this one"
                  .formatted(layout.root(), format)
              + " knows %d). Start that version, or choose an empty folder.".formatted(FORMAT),
          null);
    }
    return JSON.readValue(bytes, StoreFile.class);
  }

  private static StoreFile write(Disk disk, Layout layout) throws IOException {
    long free = Files.getFileStore(layout.root()).getUsableSpace();
    StoreFile fresh = new StoreFile(FORMAT, UUID.randomUUID().toString(), free / 10 * 9);
    byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(fresh);
    Path draft = layout.storeFile().resolveSibling("STORE.tmp");
    try (FileChannel channel = disk.open(draft, CREATE, WRITE, TRUNCATE_EXISTING)) {
      disk.write(channel, ByteBuffer.wrap(json), 0);
      disk.sync(channel);
    }
    disk.move(draft, layout.storeFile());
    return fresh;
  }
}
