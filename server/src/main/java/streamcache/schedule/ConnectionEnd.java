package streamcache.schedule;

import streamcache.origin.Failure;

/** How a connection ended, as far as its account is concerned. */
public sealed interface ConnectionEnd {

  /** It delivered everything it was opened for, or what follows is already present. */
  record Finished() implements ConnectionEnd {}

  /** It was closed in favour of another connection, or the process stops. */
  record Closed() implements ConnectionEnd {}

  /** The store refused the bytes. */
  record StoreRefused() implements ConnectionEnd {}

  /** The provider failed. */
  record Failed(Failure failure) implements ConnectionEnd {}
}
