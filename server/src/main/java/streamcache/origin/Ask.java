package streamcache.origin;

import java.util.Optional;
import java.util.OptionalLong;
import streamcache.link.AccountId;
import streamcache.link.HttpUrl;
import streamcache.link.TitleKey;

/**
 * The parameters of one fetch, passed from one step of it to the next.
 *
 * @param most how many bytes of the body are wanted; empty: all
 * @param begun when it was asked for, in monotonic nanoseconds
 */
record Ask(Fetch fetch, HttpUrl first, Call call, OptionalLong most, long begun) {

  Ask toTheEnd() {
    return new Ask(fetch.toTheEnd(), first, call, fetch.requestedLength(), begun);
  }

  Ask forFirstByte() {
    Fetch byteZero =
        new Fetch(
            fetch.link(),
            /* start= */ 0,
            OptionalLong.of(1),
            /* ifRange= */ Optional.empty(),
            /* ifNoneMatch= */ Optional.empty(),
            fetch.playerHeaders(),
            fetch.isTrusted(),
            fetch.sendsRange(),
            fetch.closes());
    return new Ask(byteZero, first, call, OptionalLong.empty(), begun);
  }

  AccountId account() {
    return fetch.link().account();
  }

  TitleKey key() {
    return fetch.link().key();
  }
}
