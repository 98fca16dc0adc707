package streamcache.fill;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import streamcache.link.Link;
import streamcache.origin.Facts;
import streamcache.store.Generation;
import streamcache.store.GenerationFacts;
import streamcache.store.OldCache;
import streamcache.store.OldFile;
import streamcache.store.Title;

/**
 * Begins titles with the finished files of an old cache (decision 0026). Blocks on the disk:
 * platform threads only.
 */
public final class OldTitles {

  /** The part of a file that is compared with the provider's, and identifies its type. */
  private static final int HEAD_BYTES = 64 * 1024;

  private final OldCache cache;

  public OldTitles(OldCache cache) {
    this.cache = cache;
  }

  /** Whether {@link #trusted} may find something. */
  boolean areTrusted() {
    return cache.isTrusted();
  }

  /**
   * The first generation of a title, if the old file is the provider's as far as one response
   * shows.
   *
   * @param facts the facts from the response
   * @param first its first bytes; not consumed
   */
  Optional<Generation> verified(Title title, Link link, GenerationFacts facts, ByteBuffer first) {
    Optional<OldFile> found = link.isLive() ? Optional.empty() : cache.find(link);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    OldFile file = found.get();
    if (!facts.total().equals(OptionalLong.of(file.length()))) {
      cache.leaveAlone(link, "its length is not that of the provider's file");
      return Optional.empty();
    }
    if (!beginsWith(file, first)) {
      cache.leaveAlone(link, "it does not begin as the provider's file does");
      return Optional.empty();
    }
    return adopt(title, link, facts, file);
  }

  /**
   * The first generation of a title, without asking the provider.
   *
   * @param maker makes the facts of the generation from those of a response and its first bytes
   */
  Optional<Generation> trusted(
      Title title, Link link, BiFunction<Facts, ByteBuffer, GenerationFacts> maker) {
    Optional<OldFile> found =
        link.isLive() || !cache.isTrusted() ? Optional.empty() : cache.find(link);
    return found.flatMap(file ->
        cache
            .head(file, HEAD_BYTES)
            .flatMap(head -> adopt(title, link, maker.apply(shown(file, link), head), file)));
  }

  /** What a response would have said, as far as the file shows it. */
  private static Facts shown(OldFile file, Link link) {
    return new Facts(
        OptionalLong.of(file.length()),
        /* strongValidator= */ Optional.empty(),
        /* lastModified= */ Optional.empty(),
        /* contentType= */ Optional.empty(),
        /* contentDisposition= */ Optional.empty(),
        /* ranges= */ false,
        link.url().shownHost());
  }

  private Optional<Generation> adopt(Title title, Link link, GenerationFacts facts, OldFile file) {
    try {
      return Optional.of(title.adopt(facts, file));
    } catch (IOException e) {
      cache.leaveAlone(link, e);
      return Optional.empty();
    }
  }

  private boolean beginsWith(OldFile file, ByteBuffer first) {
    Optional<ByteBuffer> head = cache.head(file, HEAD_BYTES);
    if (head.isEmpty()) {
      return false;
    }
    int length = Math.min(head.get().remaining(), first.remaining());
    return head.get().slice(0, length).equals(first.slice(first.position(), length));
  }
}
