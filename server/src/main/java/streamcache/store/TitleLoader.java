package streamcache.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.durable.ReopeningFile;
import streamcache.link.TitleKey;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/**
 * Reads a title from its sidecar at first use. What cannot be read or trusted is a hole; only an
 * Error, such as OutOfMemoryError, makes the load fail. On the store's opener threads.
 */
final class TitleLoader {
  private static final Logger LOG = LoggerFactory.getLogger(TitleLoader.class);

  /** More allocated than accounted bytes than this are not the file system's own overhead. */
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
      byte[] bytes = read(key);
      Optional<SidecarBlock> block =
          SidecarBlock.decode(bytes).filter(found -> found.key().equals(key.value()));
      if (block.isPresent()) {
        open(title, sidecar, block.get(), bytes);
      } else if (SidecarBlock.isOurs(bytes, key)) {
        Path _ = discard(title, sidecar, guessed, "its sidecar is damaged");
      } else {
        LOG.warn("event=sidecar-of-somebody-else key={} what=\"it is left alone\"", key);
      }
    } catch (NoSuchFileException _) {
      // Never seen before.
    } catch (IOException | RuntimeException e) {
      LOG.warn("event=title-unreadable key={}", key, e);
    } catch (Error e) {
      // Restores the bytes known before; the next attempt starts from them.
      title.account().add(guessed - title.account().bytes());
      throw e;
    }
    // The account holds what was found and, until here, what was known before.
    title.account().add(-guessed);
    return title;
  }

  /** Reads a regular file in a real folder: the target of a link is not ours. */
  private byte[] read(TitleKey key) throws IOException {
    Path sidecar = parts.layout().sidecar(key);
    if (!Files.isDirectory(parts.layout().shard(key), NOFOLLOW_LINKS)) {
      throw new NoSuchFileException(sidecar.toString());
    }
    try (InputStream in = Files.newInputStream(sidecar, NOFOLLOW_LINKS)) {
      return in.readAllBytes();
    }
  }

  private void open(Title title, Path sidecar, SidecarBlock block, byte[] bytes)
      throws IOException {
    ByteBuffer journal =
        ByteBuffer.wrap(bytes, SidecarBlock.BYTES, bytes.length - SidecarBlock.BYTES);
    Replay replay = Replay.of(journal, block.generationTag(), parts.bootTag());
    MediaPlace place = new MediaPlace(parts, parts.layout().shard(title.key()), block.media());
    Optional<Media> media = place.find(replay.sealed());
    if (media.isEmpty()) {
      // Nothing is left to delete: a later file of that name is not this title's.
      parts
          .disk()
          .delete(discard(title, sidecar, title.account().bytes(), "its media file is gone"));
      return;
    }
    Generation generation =
        new Generation(parts, title, block.generation(), block.begun(), block.facts());
    replay.ended().ifPresent(generation::know);
    generation.freshness().confirm(Math.max(block.begun(), replay.confirmed()));
    ReopeningFile file = new ReopeningFile(parts.disk(), sidecar);
    long end = SidecarBlock.BYTES + replay.goodBytes();
    if (end < bytes.length) {
      // Bytes after a bad record would otherwise be replayed after the records to come.
      file.truncate(end);
    }
    SidecarJournal appending =
        new SidecarJournal(
            title.writerLock(),
            block.generationTag(),
            parts.bootTag(),
            replay.sequence(),
            file,
            end);
    TitleFiles files = new TitleFiles(block.media(), media.get(), appending);
    boolean taken = false;
    try {
      take(title, generation, files, RecoveryCheck.of(replay, files.media()));
      taken = true;
    } finally {
      if (!taken) {
        files.media().close();
        file.close();
      }
    }
  }

  private void take(Title title, Generation generation, TitleFiles files, RecoveryCheck check) {
    generation.open(files, check.present(), check.doubtful());
    invalidate(title, files.journal(), check.refused());
    giveBack(files.media(), check.present());
    title.found(generation);
    if (!check.doubtful().isEmpty() || !check.refused().isEmpty()) {
      parts.threads().written(generation.upkeep());
    }
    if (files.journal().length() > SidecarBlock.BYTES + Compaction.SMALL_BYTES) {
      parts.threads().checkpointSoon(generation.upkeep());
    }
  }

  /** Records the refused bytes as absent, so that a later DURABLE does not bring them back. */
  private void invalidate(Title title, SidecarJournal journal, RangeSet refused) {
    if (refused.isEmpty()) {
      return;
    }
    refused.ranges().forEach(journal::absent);
    parts.invalidate(
        title.key(), refused.size(), "the bytes are missing or do not match their checksum");
  }

  /**
   * Gives back space that a kill left allocated between recording bytes as absent and freeing their
   * blocks, or that a copy tool filled in holes. The title is not shared yet.
   */
  private static void giveBack(Media media, RangeSet present) {
    try {
      long surplus = media.allocated().orElse(0) - media.footprint().bytes(present);
      if (surplus > SURPLUS && media.names() == 1) {
        RangeSet absent = present.holes(new ByteRange(0, media.span()));
        media.release(media.footprint().freed(absent, present));
      }
    } catch (IOException e) {
      LOG.warn("event=space-not-given-back error={}", e.getClass().getSimpleName());
    }
  }

  /**
   * Moves the sidecar to the trash, where it tells the next start which media to delete; returns
   * its new path.
   */
  private Path discard(Title title, Path sidecar, long bytes, String reason) throws IOException {
    Path trash = parts.layout().trashed(title.key(), GenerationId.random(), Layout.SIDECAR);
    parts.disk().move(sidecar, trash);
    parts.disk().syncFolder(parts.layout().shard(title.key()));
    parts.invalidate(title.key(), bytes, reason);
    return trash;
  }
}
