package streamcache.schedule;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import streamcache.link.TitleKey;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/**
 * The complete input to a decision about one account, as a value. The product and the simulator in
 * {@code bench} pass the same input to {@link Decision}. Times are in seconds, rates in bytes per
 * second.
 *
 * @param upstream what is known about the path to the provider
 * @param budget connections that the provider allows at once, at least 1
 * @param free how many connections may be opened now: those that are active or cooling down are
 *     subtracted, and none is free while the account is on hold
 * @param settling whether a slot is about to become free: a connection is closing, the provider may
 *     still count one, or the account is on hold. Closing another would then be pointless.
 * @param reserved the title for which a slot is kept, since its player may return for it
 * @param titles the titles wanted from this account, oldest first
 */
record AccountState(
    UpstreamState upstream,
    int budget,
    int free,
    boolean settling,
    Optional<TitleKey> reserved,
    List<TitleState> titles) {

  /**
   * The path to the provider, as measured.
   *
   * @param firstByte time from the start of a connection to its first byte
   * @param rate rate of one connection; 0 while unknown
   * @param coolDown how long the provider counts a closed connection
   */
  record UpstreamState(double firstByte, double rate, double coolDown) {

    /** The time it takes to replace one connection with another. */
    double swap() {
      return firstByte + coolDown;
    }
  }

  /**
   * One title.
   *
   * @param known whether a generation exists, and with it the facts, and the provider is not known
   *     to have another file
   * @param total its length in bytes; empty while unknown
   * @param ranges whether the provider supports ranges for the title, as far as known
   * @param most connections the title may have at once
   * @param fill what is to be fetched of the title when nothing else needs the bandwidth more; ends
   *     at Long.MAX_VALUE for the end of the file
   * @param watched seconds for which the title has been watched without a significant break
   * @param claim the bandwidth that its players claim
   * @param newest the position of the most recent reader, or where the last reader was when it left
   * @param paused whether nothing may be opened for now, because of a failure
   * @param demands oldest first
   */
  record TitleState(
      TitleKey key,
      boolean known,
      OptionalLong total,
      RangeSet present,
      boolean ranges,
      int most,
      Optional<ByteRange> fill,
      double watched,
      Claim claim,
      long newest,
      boolean paused,
      List<DemandState> demands,
      List<ConnectionState> connections) {

    TitleState with(Claim other) {
      return new TitleState(
          key,
          known,
          total,
          present,
          ranges,
          most,
          fill,
          watched,
          other,
          newest,
          paused,
          demands,
          connections);
    }

    /** The end of the title, or {@code Long.MAX_VALUE} while unknown. */
    long end() {
      return total.orElse(Long.MAX_VALUE);
    }
  }

  /**
   * The bandwidth that the players of one title claim.
   *
   * @param isAdmitted whether the claim is granted; if not, the players are held until {@link
   *     Action.Admit}
   * @param rate bytes per second that they take for certain, however much they have buffered; 0
   *     when none plays or the title needs no more bytes
   */
  record Claim(boolean isAdmitted, double rate) {}

  /**
   * The demand of one player.
   *
   * @param position the reader's next byte
   * @param end offset after the last byte wanted
   * @param waited how long the reader has waited at a hole; empty while it does not wait
   * @param rate how fast the player consumes
   * @param buffered how many seconds of playback the player has buffered
   * @param factsOnly whether it wants only the facts (HEAD)
   */
  record DemandState(
      long position,
      long end,
      OptionalDouble waited,
      double rate,
      double buffered,
      boolean factsOnly) {}

  /**
   * One connection.
   *
   * @param position the next byte it will deliver
   * @param limit the offset at which it stops
   * @param rate rate since its first byte; 0 while unknown
   * @param ran seconds since its first byte; empty before that
   * @param closing whether it was closed but has not ended; it still counts
   */
  record ConnectionState(
      long id, long position, long limit, double rate, OptionalDouble ran, boolean closing) {}
}
