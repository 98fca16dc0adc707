package streamcache.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.link.TitleKey;
import streamcache.range.RangeSet;

/**
 * Reads a title from its sidecar at first use. What cannot be read or trusted is a hole; it never
 * fails. On the store's opener threads.
 */
final class TitleLoader {
  private static final Logger LOG = LoggerFactory.getLogger(TitleLoader.class);

  private final StoreParts parts;

  TitleLoader(StoreParts parts) {
    this.parts = parts;
  }

  Title load(TitleKey key) {
    Title title = new Title(parts, key);
    long guessed = title.account().bytes();
    Path sidecar = parts.layout().sidecar(key);
    try {
      byte[] bytes = Files.readAllBytes(sidecar);
      Optional<SidecarBlock> block =
          SidecarBlock.decode(bytes).filter(found -> found.key().equals(key.value()));
      if (block.isEmpty()) {
        discard(title, sidecar, guessed, "its sidecar is damaged");
      } else {
        open(title, sidecar, block.get(), bytes, guessed);
      }
    } catch (NoSuchFileException _) {
      // Never seen before.
    } catch (IOException | RuntimeException e) {
      LOG.warn("event=title-unreadable key={}", key, e);
    }
    // Booked now is what was found, and still what was known from outside before.
    title.account().add(-guessed);
    return title;
  }

  private void open(Title title, Path sidecar, SidecarBlock block, byte[] bytes, long guessed)
      throws IOException {
    ByteBuffer journal =
        ByteBuffer.wrap(bytes, SidecarBlock.BYTES, bytes.length - SidecarBlock.BYTES);
    Replay replay = Replay.of(journal, block.generationTag(), parts.bootTag());
    Optional<MediaFile> media = media(sidecar, block.media());
    if (media.isEmpty()) {
      discard(title, sidecar, guessed, "its media file is gone");
      return;
    }
    Generation generation =
        new Generation(parts, title, block.generation(), block.begun(), block.facts());
    replay.ended().ifPresent(generation::know);
    long end = SidecarBlock.BYTES + replay.goodBytes();
    SteadyFile file = new SteadyFile(parts.disk(), sidecar);
    if (end < bytes.length) {
      // What follows a bad record would be read again behind the records to come.
      file.truncate(end);
    }
    Journal appending =
        new Journal(
            title.pen(), block.generationTag(), parts.bootTag(), replay.sequence(), file, end);
    Generation.Files files = new Generation.Files(block.media(), media.get(), appending);
    Trial trial = Trial.of(replay, media.get().reading());
    generation.open(files, trial.present(), trial.doubtful());
    distrust(title, appending, trial.refused());
    title.found(generation);
    if (!trial.doubtful().isEmpty() || !trial.refused().isEmpty()) {
      parts.chores().written(generation);
    }
  }

  private Optional<MediaFile> media(Path sidecar, String name) throws IOException {
    for (String candidate : new String[] {name, name + Layout.PART}) {
      try {
        return Optional.of(MediaFile.open(parts.disk(), sidecar.resolveSibling(candidate)));
      } catch (NoSuchFileException _) {
        // The other name, then.
      }
    }
    return Optional.empty();
  }

  /** A later record that all before it is durable must not bring these back. */
  private void distrust(Title title, Journal journal, RangeSet refused) {
    if (refused.isEmpty()) {
      return;
    }
    refused.ranges().forEach(journal::absent);
    parts.distrust(title.key(), refused.size(), "its bytes do not match their checksum");
  }

  private void discard(Title title, Path sidecar, long bytes, String reason) throws IOException {
    parts.disk().move(sidecar, parts.layout().trash().resolve(sidecar.getFileName()));
    parts.distrust(title.key(), bytes, reason);
  }
}
