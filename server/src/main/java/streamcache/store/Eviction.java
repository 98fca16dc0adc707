package streamcache.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/**
 * Gives bytes of one title up: absent first, then said so by a synced sidecar, then punched. The
 * other order would serve zeros after a power cut. On the keeper thread, the title held.
 */
final class Eviction {
  private final StoreParts parts;

  Eviction(StoreParts parts) {
    this.parts = parts;
  }

  /** Whether the media file has a second name: punching would damage what somebody kept. */
  static boolean isKept(Title title) {
    Path path =
        title
            .generation()
            .flatMap(Generation::files)
            .map(files -> files.media().path())
            .orElse(null);
    try {
      return path != null
          && Files.getAttribute(path, "unix:nlink") instanceof Integer links
          && links > 1;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException _) {
      return false;
    }
  }

  /** Deletes a title that nobody but the keeper holds; gives the bytes freed. */
  long discard(Title title) throws IOException {
    long before = title.account().bytes();
    return title.isIdleBut(1) && title.discard() ? before - title.account().bytes() : 0;
  }

  /** Gives up what may go of {@code wanted}; gives the bytes freed. */
  long punch(Generation generation, RangeSet wanted) throws IOException {
    Generation.Files files = generation.files().orElse(null);
    Parting parting = generation.presence().part(wanted).orElse(null);
    if (files == null || parting == null) {
      return 0;
    }
    try {
      files.journal().absentNow(parting.bytes());
    } catch (IOException e) {
      generation.presence().keep(parting);
      throw e;
    }
    try {
      for (ByteRange blocks : parting.blocks().ranges()) {
        boolean _ = parts.disk().punch(files.media().path(), blocks.start(), blocks.length());
      }
    } finally {
      generation.presence().parted(parting);
    }
    return parting.freed();
  }
}
