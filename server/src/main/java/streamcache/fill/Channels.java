package streamcache.fill;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import streamcache.link.Link;
import streamcache.link.TitleKey;
import streamcache.live.LiveWindow;
import streamcache.live.WindowMemory;

/** The broadcasts of all accounts: their memory, and which titles have turned out to be one. */
final class Channels {

  /** Titles that are remembered until the process ends; more are recognized again. */
  private static final int MOST = 1024;

  private final WindowMemory memory;

  private final Set<TitleKey> recognized =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<TitleKey, Boolean> eldest) {
                  return size() > MOST;
                }
              }));

  /**
   * @param window bytes of the window of one channel
   */
  Channels(long window) {
    this.memory = new WindowMemory(window);
  }

  Channel of(Link link) {
    return new Channel(link.isLive() || recognized.contains(link.key()));
  }

  /** The title has turned out to be a broadcast, although its link does not say so. */
  void recognize(TitleKey key) {
    recognized.add(key);
  }

  /**
   * The window of a broadcast.
   *
   * @param base the offset of its first byte
   */
  LiveWindow window(long base) {
    return new LiveWindow(memory, base);
  }
}
