package streamcache.trouble;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import streamcache.clip.Card;
import streamcache.clip.Clip;

/**
 * A cache of recently drawn clips: a player asks for many ranges of one. A card that has been
 * dropped is drawn again and yields the same bytes. Safe from any thread.
 */
final class DrawnClips {

  /** About 0.4 MB each. */
  private static final int MOST = 8;

  private final ReentrantLock lock = new ReentrantLock();

  /** Least recently used first; guarded by the lock, which is not held while a clip is drawn. */
  private final SequencedMap<Card, Clip> recent =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true);

  Clip of(Card card) {
    Clip known = find(card);
    if (known != null) {
      return known;
    }
    Clip drawn = Clip.of(card);
    keep(card, drawn);
    return drawn;
  }

  private @Nullable Clip find(Card card) {
    lock.lock();
    try {
      return recent.get(card);
    } finally {
      lock.unlock();
    }
  }

  private void keep(Card card, Clip clip) {
    lock.lock();
    try {
      recent.put(card, clip);
      if (recent.size() > MOST) {
        recent.pollFirstEntry();
      }
    } finally {
      lock.unlock();
    }
  }
}
