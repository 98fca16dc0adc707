package streamcache.playback;

import java.util.Optional;
import streamcache.link.TitleKey;
import streamcache.store.Generation;
import streamcache.store.Reader;
import streamcache.store.Store;
import streamcache.store.Title;

/**
 * What this node has stored, for the other nodes of a cluster; no provider is asked. Any thread.
 */
public final class StoredTitles {

  private final Store store;

  public StoredTitles(Store store) {
    this.store = store;
  }

  /**
   * The stored bytes of a title from an offset on; the caller closes them. Waits for the disk, also
   * on a virtual thread.
   *
   * @return empty if the byte is not there, or the length of the file is unknown
   */
  public Optional<StoredPart> part(TitleKey key, long start) {
    Title title = store.title(key);
    Optional<StoredPart> part =
        title
            .generation()
            .filter(now -> now.total().isPresent() && now.present().contains(start))
            .flatMap(now -> part(title, now, start));
    if (part.isEmpty()) {
      title.close();
    }
    return part;
  }

  private static Optional<StoredPart> part(Title title, Generation generation, long start) {
    Reader reader = Reader.ofNode(generation, start);
    // Only now: what was present before there was a reader may have been evicted.
    long end = generation.present().presentUntil(start);
    if (end <= start) {
      reader.close();
      return Optional.empty();
    }
    return Optional.of(new StoredPart(title, generation, reader, start, end));
  }
}
