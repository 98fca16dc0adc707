package streamcache.playback;

import java.util.Optional;
import java.util.OptionalLong;
import streamcache.store.Generation;

/**
 * The facts that conditions and ranges are evaluated against.
 *
 * @param etag our strong ETag with quotes
 * @param lastModified as the provider wrote it
 * @param total length in bytes; empty while unknown
 */
public record Resource(String etag, Optional<String> lastModified, OptionalLong total) {

  static Resource of(Generation generation) {
    return new Resource(generation.etag(), generation.facts().lastModified(), generation.total());
  }
}
