package streamcache.fill;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import streamcache.link.Link;
import streamcache.origin.Fetch;

/** On whose behalf a title is fetched. Belongs to a fill; guarded by the account's lock. */
final class Mandate {

  /** The newest link and agent win: a provider may have changed its mind about the old ones. */
  private Link link;

  private Map<String, String> playerHeaders;

  /**
   * Whether anybody asked who may be led into private networks. Stays so until nobody wants the
   * title any more: one who may not must not end what was begun for one who may.
   */
  private boolean trusted;

  Mandate(Wish first) {
    this.link = first.link();
    this.playerHeaders = first.playerHeaders();
  }

  /**
   * Another wish for the title.
   *
   * @return whether it is the first of one who is trusted
   */
  boolean isWidenedBy(Wish wish) {
    boolean isFirstTrusted = wish.isTrusted() && !trusted;
    trusted |= wish.isTrusted();
    link = wish.link();
    playerHeaders = wish.playerHeaders();
    return isFirstTrusted;
  }

  /** As people know the title. */
  String name() {
    return link.name();
  }

  /**
   * The request for {@code [start, end)}.
   *
   * @param end Long.MAX_VALUE: the end of the file
   * @param validator of the file that is to be continued
   * @param closes whether the connection may not wait for another request
   */
  Fetch fetch(long start, long end, Optional<String> validator, boolean closes) {
    OptionalLong until = end == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(end);
    return new Fetch(link, start, until, validator, playerHeaders, trusted, closes);
  }
}
