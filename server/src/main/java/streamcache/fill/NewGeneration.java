package streamcache.fill;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import streamcache.link.Link;
import streamcache.link.Secrets;
import streamcache.media.DiscImage;
import streamcache.media.MediaSniff;
import streamcache.media.MediaType;
import streamcache.media.Subtitle;
import streamcache.origin.Facts;
import streamcache.store.ContentDisposition;
import streamcache.store.GenerationFacts;
import streamcache.store.ResponseFacts;

/** Turns a provider's first response into the facts of a new generation. Pure. */
final class NewGeneration {

  private NewGeneration() {}

  /**
   * Names chosen by a provider may contain the credentials of the account, which are kept out of
   * the store and of responses.
   *
   * @param original the link's original (URL and request headers), sealed
   * @param first the first bytes of the file, to identify the type; not consumed
   */
  static GenerationFacts facts(
      Facts answer, Link link, Optional<String> original, ByteBuffer first) {
    Secrets secrets = link.secrets();
    return new GenerationFacts(
        answer.total(),
        answer.strongValidator(),
        answer.lastModified(),
        type(answer, link, first),
        answer.contentDisposition().filter(secrets::mayShow),
        link.name(),
        link.account().value(),
        secrets.shownHost(answer.finalHost()),
        original,
        response(answer));
  }

  private static String type(Facts answer, Link link, ByteBuffer first) {
    return Subtitle.type(link.endings(), bytes(first, MediaSniff.ENOUGH))
        .orElseGet(() ->
            MediaType.forPlayers(
                answer.contentType(), names(answer, link), bytes(first, DiscImage.ENOUGH)));
  }

  private static ResponseFacts response(Facts answer) {
    OptionalLong date = answer.date().stream().mapToLong(Instant::getEpochSecond).findFirst();
    return new ResponseFacts(date, answer.age(), answer.ranges());
  }

  /** The provider's name of the file before the link's, as on the disk. */
  private static List<String> names(Facts answer, Link link) {
    List<String> names = new ArrayList<>();
    answer.contentDisposition().flatMap(ContentDisposition::fileName).ifPresent(names::add);
    names.add(link.name());
    return names;
  }

  /** Of the beginning, as many as identify the file. */
  private static byte[] bytes(ByteBuffer first, int most) {
    byte[] bytes = new byte[Math.min(first.remaining(), most)];
    first.duplicate().get(bytes);
    return bytes;
  }
}
