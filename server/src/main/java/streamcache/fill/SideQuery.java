package streamcache.fill;

import streamcache.origin.Call;
import streamcache.origin.OriginException;

/** A request to a provider that is not for playback, on one connection; blocks. */
public interface SideQuery<T> {

  /**
   * @param call cancels it at any step when a player needs its slot; may be used for several
   *     fetches, one after the other
   * @param closes whether its connection must not be kept alive for another request
   */
  T ask(Call call, boolean closes) throws OriginException;
}
