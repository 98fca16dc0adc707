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
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/**
 * Reads a title from its sidecar at first use. What cannot be read or trusted is a hole; it never
 * fails. On the store's opener threads.
 */
final class TitleLoader {
  private static final Logger LOG = LoggerFactory.getLogger(TitleLoader.class);

  /** More on disk than accounted than this is not the file system's own use of space. */
  private static final long SURPLUS = 1L << 20;

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
        open(title, sidecar, block.get(), bytes);
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

  private void open(Title title, Path sidecar, SidecarBlock block, byte[] bytes)
      throws IOException {
    ByteBuffer journal =
        ByteBuffer.wrap(bytes, SidecarBlock.BYTES, bytes.length - SidecarBlock.BYTES);
    Replay replay = Replay.of(journal, block.generationTag(), parts.bootTag());
    MediaPlace place = new MediaPlace(parts, parts.layout().shard(title.key()), block.media());
    Optional<Media> media = place.find(replay.sealed());
    if (media.isEmpty()) {
      discard(title, sidecar, title.account().bytes(), "its media file is gone");
      return;
    }
    Generation generation =
        new Generation(parts, title, block.generation(), block.begun(), block.facts());
    replay.ended().ifPresent(generation::know);
    SteadyFile file = new SteadyFile(parts.disk(), sidecar);
    long end = SidecarBlock.BYTES + replay.goodBytes();
    if (end < bytes.length) {
      // What follows a bad record would be read again behind the records to come.
      file.truncate(end);
    }
    Journal appending =
        new Journal(
            title.pen(), block.generationTag(), parts.bootTag(), replay.sequence(), file, end);
    Generation.Files files = new Generation.Files(block.media(), media.get(), appending);
    boolean taken = false;
    try {
      take(title, generation, files, Trial.of(replay, files.media()));
      taken = true;
    } finally {
      if (!taken) {
        files.media().close();
        file.close();
      }
    }
  }

  private void take(Title title, Generation generation, Generation.Files files, Trial trial) {
    generation.open(files, trial.present(), trial.doubtful());
    distrust(title, files.journal(), trial.refused());
    giveBack(files.media(), trial.present());
    title.found(generation);
    if (!trial.doubtful().isEmpty() || !trial.refused().isEmpty()) {
      parts.chores().written(generation);
    }
    if (files.journal().length() > SidecarBlock.BYTES + Compaction.SMALL_BYTES) {
      parts.chores().checkpointSoon(generation);
    }
  }

  /** A later record that all before it is durable must not bring these back. */
  private void distrust(Title title, Journal journal, RangeSet refused) {
    if (refused.isEmpty()) {
      return;
    }
    refused.ranges().forEach(journal::absent);
    parts.distrust(title.key(), refused.size(), "it is gone or does not match its checksum");
  }

  /**
   * Gives back what a kill left on the disk between saying that bytes are absent and freeing their
   * blocks, or what a copier that knows no holes filled them with. Nobody else has the title yet.
   */
  private static void giveBack(Media media, RangeSet present) {
    try {
      long surplus = media.allocated().orElse(0) - media.footprint().bytes(present);
      if (surplus > SURPLUS && !media.isKept()) {
        RangeSet absent = present.holes(new ByteRange(0, media.span()));
        media.release(media.footprint().freed(absent, present));
      }
    } catch (IOException e) {
      LOG.warn("event=space-not-given-back error={}", e.getClass().getSimpleName());
    }
  }

  private void discard(Title title, Path sidecar, long bytes, String reason) throws IOException {
    parts.disk().move(sidecar, parts.layout().trash().resolve(sidecar.getFileName()));
    parts.disk().syncFolder(parts.layout().shard(title.key()));
    parts.distrust(title.key(), bytes, reason);
  }
}
