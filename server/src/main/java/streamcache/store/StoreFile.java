package streamcache.store;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file STORE: what a cache folder is, written at first start.
 *
 * @param format of all files in the folder
 * @param id random
 * @param maxBytes the limit chosen at first start for those who set none
 * @param fileSystem what it can do, as found out on its device
 */
record StoreFile(int format, String id, long maxBytes, Map<String, Object> fileSystem) {

  static final int FORMAT = 1;
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** As it may stand there. */
  private record Written(
      @Nullable String id, long maxBytes, @Nullable Map<String, Object> fileSystem) {

    Optional<StoreFile> whole() {
      return id == null || maxBytes <= 0 || fileSystem == null
          ? Optional.empty()
          : Optional.of(new StoreFile(FORMAT, id, maxBytes, fileSystem));
    }
  }

  /** Reads the file, or writes a new one; also when the folder lies on another device now. */
  static StoreFile open(Disk disk, Layout layout) throws IOException {
    Optional<StoreFile> found = read(layout);
    disk.delete(Layout.draft(layout.storeFile()));
    if (found.isPresent() && found.get().isOf(FileSystemProbe.device(layout.root()))) {
      return found.get();
    }
    long free = Files.getFileStore(layout.root()).getUsableSpace();
    String id = found.map(StoreFile::id).orElseGet(() -> UUID.randomUUID().toString());
    long maxBytes = found.map(StoreFile::maxBytes).orElse(free / 10 * 9);
    Map<String, Object> abilities = disk.probe(layout.root()).toJson();
    StoreFile fresh = new StoreFile(FORMAT, id, maxBytes, abilities);
    write(disk, layout, fresh);
    return fresh;
  }

  FileSystemAbilities abilities() {
    return FileSystemAbilities.fromJson(fileSystem).orElseThrow();
  }

  private boolean isOf(long device) {
    return FileSystemAbilities.fromJson(fileSystem)
        .map(abilities -> abilities.device() == device)
        .orElse(false);
  }

  private static Optional<StoreFile> read(Layout layout) throws IOException {
    try {
      byte[] bytes = Files.readAllBytes(layout.storeFile());
      JsonNode json = JSON.readTree(bytes);
      // Before all else, which a newer version may have changed.
      BigInteger format = json.path("format").bigIntegerValue(BigInteger.ZERO);
      if (format.compareTo(BigInteger.valueOf(FORMAT)) > 0) {
        throw tooNew(layout, format);
      }
      return Optional.ofNullable(JSON.treeToValue(json, Written.class)).flatMap(Written::whole);
    } catch (NoSuchFileException | JacksonException _) {
      // Torn at first start, most likely. Nothing in it cannot be chosen anew.
      return Optional.empty();
    }
  }

  private static StoreException tooNew(Layout layout, BigInteger format) {
    return new StoreException(
        StoreException.Cause.TOO_NEW,
        ("The cache folder %s was written by a newer version of Streamcache (format %s; this"
                + " one knows %d). Start that version, or choose an empty folder.")
            .formatted(layout.root(), format, FORMAT),
        null);
  }

  private static void write(Disk disk, Layout layout, StoreFile fresh) throws IOException {
    byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(fresh);
    Path draft = Layout.draft(layout.storeFile());
    try (SteadyFile file = SteadyFile.draft(disk, draft, ByteBuffer.wrap(json))) {
      file.syncAndMove(layout.storeFile());
      file.syncName();
    }
  }
}
