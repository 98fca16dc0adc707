package streamcache.fill;

import streamcache.origin.Failure;
import streamcache.store.StoreException;

/** How a connection came to its end. */
public sealed interface Ending {

  /** It brought all it was opened for, or what follows is already present. */
  record Finished() implements Ending {}

  /** The scheduler closed it in favour of something else, or the process stops. */
  record Closed() implements Ending {}

  /** The provider failed. */
  record Failed(Failure failure) implements Ending {}

  /** The store would not take the bytes. */
  record Refused(StoreException.Cause cause) implements Ending {}
}
