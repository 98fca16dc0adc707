package streamcache.fill;

import streamcache.origin.Failure;
import streamcache.schedule.ConnectionEnd;
import streamcache.store.StoreException;

/** How a connection ended. */
public sealed interface Ending {

  /** The part that matters to the account. */
  default ConnectionEnd forMachine() {
    return switch (this) {
      case Finished _, Capped _ -> new ConnectionEnd.Finished();
      case Closed _ -> new ConnectionEnd.Closed();
      case Refused _ -> new ConnectionEnd.StoreRefused();
      case Failed(Failure failure) -> new ConnectionEnd.Failed(failure);
    };
  }

  /** It delivered everything it was opened for, or what follows is already present. */
  record Finished() implements Ending {}

  /**
   * The response ended where it announced to, which is before the end of what was requested (RFC
   * 9110 section 15.3.7).
   */
  record Capped() implements Ending {}

  /** The scheduler closed it in favour of another connection, or the process stops. */
  record Closed() implements Ending {}

  /** The provider failed. */
  record Failed(Failure failure) implements Ending {}

  /** The store refused the bytes. */
  record Refused(StoreException.Cause cause) implements Ending {}
}
