package streamcache.store;

import java.io.IOException;
import streamcache.range.RangeSet;

/**
 * Evicts bytes of one title: first makes them absent, then records that in the synced sidecar, then
 * gives their blocks back to the disk. The other order would serve zeros after a power cut. On the
 * keeper thread, with the title held.
 */
final class Eviction {
  private Eviction() {}

  /**
   * Evicts the evictable part of {@code wanted}, if that frees anything; returns the bytes freed.
   */
  static long shrink(Generation generation, RangeSet wanted) throws IOException {
    TitleFiles files = generation.files().orElse(null);
    if (!generation.presence().footprint().shrinks()) {
      return 0;
    }
    EvictionTicket ticket = generation.presence().part(wanted).orElse(null);
    if (files == null || ticket == null) {
      return 0;
    }
    try {
      return shrink(generation, files, ticket);
    } finally {
      // The last reader of a superseded generation may have left meanwhile.
      generation.retireIfLeft();
    }
  }

  private static long shrink(Generation generation, TitleFiles files, EvictionTicket ticket)
      throws IOException {
    boolean told = false;
    try {
      if (unseal(generation, files.media())) {
        files.journal().absentNow(ticket.bytes());
        told = true;
      }
    } finally {
      if (!told) {
        generation.presence().keep(ticket);
      }
    }
    if (!told) {
      return 0;
    }
    try {
      release(generation, files.media(), ticket);
    } finally {
      generation.presence().parted(ticket);
    }
    return ticket.freed();
  }

  /**
   * Removes the mark of a complete film, since bytes will be missing; false if the file has other
   * names.
   */
  private static boolean unseal(Generation generation, Media media) throws IOException {
    generation.title().writerLock().acquireUninterruptibly();
    try {
      if (media.names() > 1) {
        return false;
      }
      if (media.isSealed()) {
        media.unseal();
      }
      return true;
    } finally {
      generation.title().writerLock().release();
    }
  }

  /** Holds the writer lock: a generation that begins now could take over the name of the file. */
  private static void release(Generation generation, Media media, EvictionTicket ticket)
      throws IOException {
    generation.title().writerLock().acquireUninterruptibly();
    try {
      media.release(ticket.blocks());
    } finally {
      generation.title().writerLock().release();
    }
  }
}
