package streamcache.fill;

import java.nio.ByteBuffer;
import streamcache.link.Link;
import streamcache.link.Originals;
import streamcache.origin.Call;
import streamcache.origin.Facts;
import streamcache.origin.Fetch;
import streamcache.origin.Origin;
import streamcache.origin.OriginException;
import streamcache.origin.Upstream;
import streamcache.store.GenerationFacts;

/** Where the bytes of titles come from, and what is written down of it. Any thread. */
public record Source(Origin origin, Originals originals) {

  /** Blocks until the provider has answered or the call is cancelled. */
  Upstream open(Fetch fetch, Call call) throws OriginException {
    return origin.open(fetch, call);
  }

  /**
   * What an answer begins a generation with.
   *
   * @param first the first bytes of the body, for telling the type; not consumed
   */
  GenerationFacts facts(Facts answer, Link link, ByteBuffer first) {
    return NewGeneration.facts(answer, link, originals.seal(link), first);
  }
}
