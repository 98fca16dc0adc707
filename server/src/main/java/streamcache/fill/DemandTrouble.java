package streamcache.fill;

import streamcache.origin.Failure;

/** Why a demand will not be served from the store. */
public sealed interface DemandTrouble {

  /** The provider failed for good, as far as this playback is concerned. */
  record Failed(Failure failure) implements DemandTrouble {}

  /** The store accepts no bytes: the playback continues as PASS. */
  record StoreRefuses() implements DemandTrouble {}
}
