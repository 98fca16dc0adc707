package streamcache.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.durable.AtomicFile;
import streamcache.durable.Disk;
import streamcache.link.TitleKey;

/**
 * The titles that their operator wants kept, in a file of their keys, one a line. Read by any
 * thread; changed on the keeper thread, which writes the file first, so that a pin that was
 * confirmed survives a power cut.
 */
final class Pins {

  private static final Logger LOG = LoggerFactory.getLogger(Pins.class);

  private static final String NAME = "PINS";
  private static final String SIGNATURE = "streamcache pins 1";
  private static final String KEY = "[a-z2-7]{26}";

  private final Disk disk;
  private final Path file;
  private final Set<TitleKey> keys = ConcurrentHashMap.newKeySet();

  private Pins(Disk disk, Path file) {
    this.disk = disk;
    this.file = file;
  }

  /**
   * @throws IOException if the file cannot be read: titles that should stay could be evicted
   */
  static Pins open(Disk disk, Layout layout) throws IOException {
    Pins pins = new Pins(disk, layout.root().resolve(NAME));
    disk.delete(AtomicFile.draftOf(pins.file));
    pins.read();
    return pins;
  }

  private void read() throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException _) {
      return;
    }
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    text.lines().filter(line -> line.matches(KEY)).forEach(line -> keys.add(new TitleKey(line)));
    long strange = text.lines().filter(line -> !line.matches(KEY)).count() - 1;
    if (!text.startsWith(SIGNATURE) || strange > 0) {
      LOG.warn("event=pins-damaged file={} pins={}", NAME, keys.size());
    }
  }

  boolean contains(TitleKey key) {
    return keys.contains(key);
  }

  /**
   * @throws IOException if it was not written; nothing is changed then
   */
  void set(TitleKey key, boolean isPinned) throws IOException {
    if (keys.contains(key) == isPinned) {
      return;
    }
    TreeSet<String> lines = new TreeSet<>();
    keys.forEach(each -> lines.add(each.value()));
    boolean _ = isPinned ? lines.add(key.value()) : lines.remove(key.value());
    String text = SIGNATURE + "\n" + String.join("\n", lines) + "\n";
    AtomicFile.refuseForeign(file, SIGNATURE.getBytes(StandardCharsets.US_ASCII));
    AtomicFile.replace(disk, file, ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    boolean _ = isPinned ? keys.add(key) : keys.remove(key);
  }
}
