package streamcache.link;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Keys of tests: the same letter is always the same key. */
final class TestKeys {

  private TestKeys() {}

  /**
   * @param ids one letter for each key, newest first
   */
  static KeyRing of(String ids) {
    List<LinkKey> keys = new ArrayList<>();
    ids.chars().forEach(id -> keys.add(key((char) id, (byte) id)));
    return new KeyRing(keys);
  }

  /** A different key under the given letter. */
  static KeyRing impostor(char id) {
    return new KeyRing(List.of(key(id, (byte) 0)));
  }

  private static LinkKey key(char id, byte filling) {
    byte[] master = new byte[LinkKey.MASTER_BYTES];
    Arrays.fill(master, filling);
    return LinkKey.derive(id, master);
  }
}
