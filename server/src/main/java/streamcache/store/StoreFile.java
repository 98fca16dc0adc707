package streamcache.store;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.durable.AtomicFile;
import streamcache.durable.Disk;
import streamcache.durable.FileSystemAbilities;
import streamcache.durable.FileSystemProbe;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file STORE, which identifies a cache folder; written at the first start.
 *
 * @param format format version of all files in the folder
 * @param id random
 * @param maxBytes the limit chosen at the first start, used if none is set
 * @param fileSystem the abilities of the file system, as probed on its device
 * @param names naming scheme of the trash: since 2 a name alone shows that a file is ours; before
 *     that, anybody could have chosen it
 */
record StoreFile(int format, String id, long maxBytes, Map<String, Object> fileSystem, int names) {

  static final int FORMAT = 1;
  private static final int NAMES = 2;
  private static final Logger LOG = LoggerFactory.getLogger(StoreFile.class);
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** The fields as they may be in the file. */
  private record Written(
      @Nullable String id,
      long maxBytes,
      @Nullable Map<String, Object> fileSystem,
      @Nullable Integer names) {

    Optional<StoreFile> whole() {
      return id == null || maxBytes <= 0 || fileSystem == null
          ? Optional.empty()
          : Optional.of(new StoreFile(FORMAT, id, maxBytes, fileSystem, names == null ? 1 : names));
    }
  }

  /** Reads the file, or writes a new one; also if the folder is on another device now. */
  static StoreFile open(Disk disk, Layout layout) throws IOException {
    Optional<StoreFile> found = read(layout);
    disk.delete(AtomicFile.draftOf(layout.storeFile()));
    if (found.isPresent() && found.get().isOf(FileSystemProbe.device(layout.root()))) {
      return found.get();
    }
    String id = found.map(StoreFile::id).orElseGet(() -> UUID.randomUUID().toString());
    long maxBytes = found.isPresent() ? found.get().maxBytes() : limitOn(layout.root());
    Map<String, Object> abilities = disk.probe(layout.root()).toJson();
    int names = found.map(StoreFile::names).orElse(NAMES);
    StoreFile fresh = new StoreFile(FORMAT, id, maxBytes, abilities, names);
    write(disk, layout, fresh);
    return fresh;
  }

  /** The limit that a first start chooses on the disk of this folder: 90 % of what is free. */
  static long limitOn(Path folder) throws IOException {
    return Files.getFileStore(folder).getUsableSpace() / 10 * 9;
  }

  FileSystemAbilities abilities() {
    return FileSystemAbilities.fromJson(fileSystem).orElseThrow();
  }

  private boolean isOf(long device) {
    return FileSystemAbilities.fromJson(fileSystem)
        .map(abilities -> abilities.device() == device)
        .orElse(false);
  }

  /** Whether the trash may hold files that an earlier version named. */
  boolean hasEarlierNames() {
    return names < NAMES;
  }

  /** Records that the trash was emptied: from now on a name alone shows what is ours. */
  void noteNames(Disk disk, Layout layout) {
    try {
      write(disk, layout, new StoreFile(format, id, maxBytes, fileSystem, NAMES));
    } catch (IOException e) {
      LOG.warn("event=store-file-not-written error={}", e.getClass().getSimpleName());
    }
  }

  /** Whether an unreadable file may be what a disk fault left of ours. */
  static boolean mayBeOurs(Layout layout) throws IOException {
    if (!Files.isRegularFile(layout.storeFile(), LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    byte[] bytes = Files.readAllBytes(layout.storeFile());
    String text = new String(bytes, StandardCharsets.UTF_8).replace("\0", "").strip();
    return text.isEmpty() || text.startsWith("{") || text.equals("[]") || text.equals("null");
  }

  /**
   * @throws StoreException TOO_NEW
   */
  static Optional<StoreFile> read(Layout layout) throws IOException {
    try {
      byte[] bytes = Files.readAllBytes(layout.storeFile());
      JsonNode json = JSON.readTree(bytes);
      // Checked first: a newer version may have changed everything else.
      BigInteger format = json.path("format").bigIntegerValue(BigInteger.ZERO);
      if (format.compareTo(BigInteger.valueOf(FORMAT)) > 0) {
        throw tooNew(layout, format);
      }
      return Optional.ofNullable(JSON.treeToValue(json, Written.class)).flatMap(Written::whole);
    } catch (NoSuchFileException | JacksonException _) {
      // Most likely torn at the first start. Everything in it can be chosen again.
      return Optional.empty();
    }
  }

  private static StoreException tooNew(Layout layout, BigInteger format) {
    return new StoreException(
        StoreException.Cause.TOO_NEW,
        ("The cache folder %s was written by a newer version of Streamcache (format %s; this"
                + " version reads at most %d). Start the newer version, or set CACHE_DIR to an"
                + " empty folder.")
            .formatted(layout.root(), format, FORMAT),
        null);
  }

  private static void write(Disk disk, Layout layout, StoreFile fresh) throws IOException {
    byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(fresh);
    AtomicFile.replace(disk, layout.storeFile(), ByteBuffer.wrap(json));
  }
}
