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
import streamcache.store.GenerationFacts;

/** Where the bytes of titles come from, and what is recorded of that. Any thread. */
public record Source(Origin origin, Originals originals) {

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
}
