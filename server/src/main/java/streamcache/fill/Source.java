package streamcache.fill;

import java.nio.ByteBuffer;
import java.util.Optional;
import streamcache.link.Link;
import streamcache.link.Originals;
import streamcache.origin.Call;
import streamcache.origin.Facts;
import streamcache.origin.Fetch;
import streamcache.origin.Origin;
import streamcache.origin.OriginException;
import streamcache.origin.Upstream;
import streamcache.store.Generation;
import streamcache.store.GenerationFacts;
import streamcache.store.OldCache;
import streamcache.store.Title;

/**
 * Where the bytes of titles come from, and what is recorded of that. Any thread.
 *
 * @param oldTitles what an old cache has of them
 * @param others what the other nodes of a cluster have of them
 */
public record Source(Origin origin, Originals originals, OldTitles oldTitles, OtherStores others) {

  /** A source without an old cache and other nodes. */
  public Source(Origin origin, Originals originals) {
    this(origin, originals, new OldTitles(OldCache.NONE));
  }

  /** A source without other nodes. */
  public Source(Origin origin, Originals originals, OldTitles oldTitles) {
    this(origin, originals, oldTitles, OtherStores.NONE);
  }

  /** Sends a request; blocks until the response begins or the call is cancelled. */
  Upstream open(Fetch fetch, Call call) throws OriginException {
    return origin.open(fetch, call);
  }

  /** The same, but empty if the provider still has the file that the fetch's condition names. */
  Optional<Upstream> openIfChanged(Fetch fetch, Call call) throws OriginException {
    return origin.openIfChanged(fetch, call);
  }

  /**
   * The facts of a new generation, from a response.
   *
   * @param first the first bytes of the body, to identify the type; not consumed
   */
  GenerationFacts facts(Facts answer, Link link, ByteBuffer first) {
    return NewGeneration.facts(answer, link, originals.seal(link), first);
  }

  /**
   * Begins the first generation of a title: with all bytes if an old cache has the provider's file,
   * else with none. Blocks on the disk: platform threads only.
   *
   * @param first the first bytes of the response; not consumed
   */
  Generation begin(Title title, Facts answer, Link link, ByteBuffer first) {
    GenerationFacts facts = facts(answer, link, first);
    return oldTitles.verified(title, link, facts, first).orElseGet(() -> title.begin(facts));
  }

  /**
   * Begins the first generation of a title with an old cache's file, if that is trusted. Blocks on
   * the disk: platform threads only.
   */
  Optional<Generation> adopt(Title title, Link link) {
    return oldTitles.trusted(title, link, (shown, head) -> facts(shown, link, head));
  }
}
