package streamcache.prewarm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.durable.AtomicFile;
import streamcache.durable.Disk;
import streamcache.link.BadLink;
import streamcache.link.Link;
import streamcache.link.Originals;

/**
 * The queue on the disk: a line for each title, with its part, its sealed original and its name.
 * Blocks; one thread at a time.
 */
final class PrewarmFile {

  private static final Logger LOG = LoggerFactory.getLogger(PrewarmFile.class);

  private static final String NAME = "PREWARM";
  private static final String SIGNATURE = "streamcache prewarm 1";

  /** What a line says. */
  record Entry(Link link, PrewarmPart part) {}

  private final Path file;
  private final Originals originals;

  PrewarmFile(Path cache, Originals originals) {
    this.file = cache.resolve(NAME);
    this.originals = originals;
  }

  /** A line that cannot be read is left out: the operator can order the title again. */
  List<Entry> read() {
    List<Entry> entries = new ArrayList<>();
    try {
      Disk.system().delete(AtomicFile.draftOf(file));
      List<String> lines = Files.readAllLines(file);
      lines.stream().skip(1).forEach(line -> entry(line).ifPresent(entries::add));
      if (entries.size() != lines.size() - 1 || !lines.getFirst().equals(SIGNATURE)) {
        LOG.warn("event=prewarm-queue-damaged read={}", entries.size());
      }
    } catch (NoSuchFileException _) {
      // Nothing was ever ordered.
    } catch (IOException e) {
      LOG.warn("event=prewarm-queue-not-read", e);
    }
    return entries;
  }

  private Optional<Entry> entry(String line) {
    String[] fields = line.split("\t", 3);
    Optional<PrewarmPart> part = PrewarmPart.of(fields[0]);
    if (part.isEmpty() || fields.length < 3) {
      return Optional.empty();
    }
    try {
      Link link = originals.open(fields[1]).link();
      return Optional.of(new Entry(named(link, fields[2]), part.get()));
    } catch (BadLink _) {
      return Optional.empty();
    }
  }

  /** A sealed original does not hold the name that its link had. */
  private static Link named(Link link, String name) {
    return new Link(
        link.url(),
        link.source(),
        link.key(),
        link.account(),
        link.headers(),
        name.isEmpty() ? link.name() : name,
        link.isSaidLive(),
        link.isUnverified());
  }

  /** Titles are left out while there is no key: their URLs hold passwords. */
  void write(List<Entry> entries) {
    StringBuilder text = new StringBuilder(SIGNATURE).append('\n');
    for (Entry entry : entries) {
      originals
          .seal(entry.link())
          .ifPresent(sealed ->
              text.append(entry.part().word())
                  .append('\t')
                  .append(sealed)
                  .append('\t')
                  .append(entry.link().name())
                  .append('\n'));
    }
    try {
      AtomicFile.refuseForeign(file, SIGNATURE.getBytes(StandardCharsets.US_ASCII));
      AtomicFile.replace(file, ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      LOG.warn("event=prewarm-queue-not-written", e);
    }
  }
}
