package streamcache.store;

import java.io.IOException;
import streamcache.range.RangeSet;

/**
 * Gives bytes of one title up: absent first, then said so by a synced sidecar, then given back to
 * the disk. The other order would serve zeros after a power cut. On the keeper thread, the title
 * held.
 */
final class Eviction {
  private Eviction() {}

  /** Gives up what may go of {@code wanted}, if that frees anything; gives the bytes freed. */
  static long shrink(Generation generation, RangeSet wanted) throws IOException {
    Generation.Files files = generation.files().orElse(null);
    if (!generation.presence().footprint().shrinks()) {
      return 0;
    }
    Parting parting = generation.presence().part(wanted).orElse(null);
    if (files == null || parting == null) {
      return 0;
    }
    try {
      return shrink(generation, files, parting);
    } finally {
      // The last reader of a superseded generation may have left meanwhile.
      generation.retireIfLeft();
    }
  }

  private static long shrink(Generation generation, Generation.Files files, Parting parting)
      throws IOException {
    boolean told = false;
    try {
      if (unseal(generation, files.media())) {
        files.journal().absentNow(parting.bytes());
        told = true;
      }
    } finally {
      if (!told) {
        generation.presence().keep(parting);
      }
    }
    if (!told) {
      return 0;
    }
    try {
      release(generation, files.media(), parting);
    } finally {
      generation.presence().parted(parting);
    }
    return parting.freed();
  }

  /** A film that lacks bytes must not look whole to people; false when somebody keeps it. */
  private static boolean unseal(Generation generation, Media media) throws IOException {
    generation.title().pen().acquireUninterruptibly();
    try {
      if (media.isKept()) {
        return false;
      }
      if (media.isSealed()) {
        media.unseal();
      }
      return true;
    } finally {
      generation.title().pen().release();
    }
  }

  /** Under the pen: a generation that begins now could take over the name of the file. */
  private static void release(Generation generation, Media media, Parting parting)
      throws IOException {
    generation.title().pen().acquireUninterruptibly();
    try {
      media.release(parting.blocks());
    } finally {
      generation.title().pen().release();
    }
  }
}
