package streamcache.playback;

import java.util.Optional;
import java.util.OptionalLong;
import streamcache.store.Generation;
import streamcache.store.GenerationFacts;

/**
 * The facts that conditions and ranges are evaluated against.
 *
 * @param etag our strong ETag with quotes
 * @param lastModified as the provider wrote it
 * @param total length in bytes; empty while unknown
 * @param made when the provider's response was made, by its own clock, else when it arrived; in
 *     epoch seconds
 */
public record Resource(String etag, Optional<String> lastModified, OptionalLong total, long made) {

  /** Something of this server's own, without a date. */
  public static Resource undated(String etag, long total) {
    return new Resource(etag, Optional.empty(), OptionalLong.of(total), Long.MAX_VALUE);
  }

  static Resource of(Generation generation) {
    GenerationFacts facts = generation.facts();
    long made = facts.response().date().orElse(generation.begun());
    return new Resource(generation.etag(), facts.lastModified(), generation.total(), made);
  }
}
