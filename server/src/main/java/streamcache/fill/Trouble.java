package streamcache.fill;

import streamcache.origin.Failure;

/** Why a demand will not be met the usual way. */
public sealed interface Trouble {

  /** The provider failed for good, as far as this playback is concerned. */
  record Failed(Failure failure) implements Trouble {}

  /** The store takes no bytes: the playback goes on as PASS. */
  record StoreRefuses() implements Trouble {}
}
