package streamcache.fill;

import java.nio.ByteBuffer;
import streamcache.link.Link;
import streamcache.origin.Facts;
import streamcache.origin.MediaType;
import streamcache.store.GenerationFacts;

/** Turns a provider's first answer into the facts of a new generation. Pure. */
final class NewGeneration {

  private NewGeneration() {}

  /**
   * @param first the first bytes of the body, for telling the type; not consumed
   */
  static GenerationFacts facts(Facts answer, Link link, ByteBuffer first) {
    return new GenerationFacts(
        answer.total(),
        answer.strongValidator(),
        answer.lastModified(),
        MediaType.of(answer.contentType(), link.name(), first),
        answer.contentDisposition(),
        link.name(),
        link.account().value(),
        answer.finalHost());
  }
}
