package streamcache.fill;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import streamcache.link.Link;
import streamcache.origin.Facts;
import streamcache.origin.MediaType;
import streamcache.store.ContentDisposition;
import streamcache.store.GenerationFacts;

/** Turns a provider's first answer into the facts of a new generation. Pure. */
final class NewGeneration {

  private static final int SNIFF_BYTES = 512;

  private NewGeneration() {}

  /**
   * @param first the first bytes of the file, for telling the type; not consumed
   */
  static GenerationFacts facts(Facts answer, Link link, ByteBuffer first) {
    return new GenerationFacts(
        answer.total(),
        answer.strongValidator(),
        answer.lastModified(),
        MediaType.forPlayers(answer.contentType(), names(answer, link), bytes(first)),
        answer.contentDisposition(),
        link.name(),
        link.account().value(),
        answer.finalHost());
  }

  /** What the provider calls the file before what the link does, as on the disk. */
  private static List<String> names(Facts answer, Link link) {
    List<String> names = new ArrayList<>();
    answer.contentDisposition().flatMap(ContentDisposition::fileName).ifPresent(names::add);
    names.add(link.name());
    return names;
  }

  /** Enough of the beginning to tell a container. */
  private static byte[] bytes(ByteBuffer first) {
    byte[] bytes = new byte[Math.min(first.remaining(), SNIFF_BYTES)];
    first.duplicate().get(bytes);
    return bytes;
  }
}
