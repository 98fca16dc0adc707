package streamcache.catalog;

import java.util.Map;

/**
 * An entry of a playlist, as written: its lines before the URL, and the URL.
 *
 * @param group of the attribute {@code group-title} or the line {@code #EXTGRP}; may be empty
 * @param target the URL with the request headers of all its lines as a Kodi suffix
 */
record PlaylistItem(
    double seconds, Map<String, String> attributes, String name, String group, MediaTarget target) {

  /** Omits attributes, which may hold secrets. */
  @Override
  public String toString() {
    return "PlaylistItem[" + name + "]";
  }
}
