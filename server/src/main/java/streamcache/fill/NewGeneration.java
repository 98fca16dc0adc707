package streamcache.fill;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import streamcache.link.Link;
import streamcache.link.Secrets;
import streamcache.origin.Facts;
import streamcache.origin.MediaType;
import streamcache.store.ContentDisposition;
import streamcache.store.GenerationFacts;

/** Turns a provider's first answer into the facts of a new generation. Pure. */
final class NewGeneration {

  private static final int SNIFF_BYTES = 512;

  private NewGeneration() {}

  /**
   * Names that a provider chose may hold the words of the account, which stay out of the store and
   * of answers.
   *
   * @param original what the link was made from, sealed
   * @param first the first bytes of the file, for telling the type; not consumed
   */
  static GenerationFacts facts(
      Facts answer, Link link, Optional<String> original, ByteBuffer first) {
    Secrets secrets = link.secrets();
    return new GenerationFacts(
        answer.total(),
        answer.strongValidator(),
        answer.lastModified(),
        MediaType.forPlayers(answer.contentType(), names(answer, link), bytes(first)),
        answer.contentDisposition().filter(secrets::mayShow),
        link.name(),
        link.account().value(),
        secrets.shownHost(answer.finalHost()),
        original);
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
