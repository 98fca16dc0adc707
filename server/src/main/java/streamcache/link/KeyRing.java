package streamcache.link;

import java.util.List;
import java.util.Optional;

/**
 * The keys of this server: the first makes new links, and every key opens links. Empty if no key
 * can be kept; then only plain links work. Immutable.
 */
public final class KeyRing {

  private final List<LinkKey> keys;

  KeyRing(List<LinkKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /** A ring without keys. */
  public static KeyRing empty() {
    return new KeyRing(List.of());
  }

  public boolean isEmpty() {
    return keys.isEmpty();
  }

  /** The letters of the keys, newest first. */
  public List<Character> ids() {
    return keys.stream().map(LinkKey::id).toList();
  }

  Optional<LinkKey> newest() {
    return keys.stream().findFirst();
  }

  Optional<LinkKey> find(char id) {
    return keys.stream().filter(key -> key.id() == id).findFirst();
  }
}
