package streamcache.fill;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import streamcache.link.TitleKey;
import streamcache.range.RangeSet;

/**
 * All that a decision about one account rests on, by value: the product and the simulator in {@code
 * bench} hand the same to {@link Decision}. Times are in seconds, rates in bytes a second.
 *
 * @param line what is known of the way to the provider
 * @param budget connections that the provider allows at once, at least 1
 * @param free how many of them may be opened now: those that are active or cooling are taken off,
 *     and none is free while the provider wants to be left alone
 * @param settling whether one is about to come free: it was told to end, the provider may still
 *     count it, or wants to be left alone; to close another would be in vain
 * @param titles what anybody wants of this account, oldest first
 */
public record AccountState(
    LineState line, int budget, int free, boolean settling, List<TitleState> titles) {

  /**
   * The way to the provider, as measured.
   *
   * @param firstByte from the start of a connection to its first byte
   * @param rate of one connection; 0 while unknown
   * @param coolDown how long the provider counts a connection that was closed
   */
  public record LineState(double firstByte, double rate, double coolDown) {

    /** What it takes to have a connection somewhere else. */
    double swap() {
      return firstByte + coolDown;
    }
  }

  /**
   * One title.
   *
   * @param known whether a generation exists, hence facts, and the provider still has its file
   * @param total its length in bytes; empty while unknown
   * @param ranges whether the provider gives ranges of it, as far as known
   * @param most connections the title may have at once
   * @param fill whether it is to be completed when nobody needs the line more
   * @param watched seconds for which somebody has watched it without a break worth naming
   * @param claim what its players want of the line
   * @param paused left alone for now after a failure: nothing may be opened
   * @param demands oldest first
   */
  public record TitleState(
      TitleKey key,
      boolean known,
      OptionalLong total,
      RangeSet present,
      boolean ranges,
      int most,
      boolean fill,
      double watched,
      Claim claim,
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
          paused,
          demands,
          connections);
    }

    /** The end of the title, or as far as a long goes while unknown. */
    long end() {
      return total.orElse(Long.MAX_VALUE);
    }
  }

  /**
   * What the players of one title want of the line.
   *
   * @param isAdmitted whether they get it; else they are held until {@link Action.Admit}
   * @param rate bytes a second that they take for sure, however much they have ahead; 0 when none
   *     plays or it has all
   */
  public record Claim(boolean isAdmitted, double rate) {}

  /**
   * One player's wish.
   *
   * @param position the reader's next byte
   * @param end offset behind the last byte wanted
   * @param waited how long the reader has waited at a hole; empty while it does not
   * @param rate how fast the player consumes
   * @param buffered how many seconds of playing the player has taken ahead
   * @param factsOnly whether it wants no more than the facts (HEAD)
   */
  public record DemandState(
      long position,
      long end,
      OptionalDouble waited,
      double rate,
      double buffered,
      boolean factsOnly) {}

  /**
   * One connection.
   *
   * @param position the next byte it brings
   * @param limit offset it stops at
   * @param rate since its first byte; 0 while unknown
   * @param ran since its first byte; empty before
   * @param closing told to end, still counted
   */
  public record ConnectionState(
      long id, long position, long limit, double rate, OptionalDouble ran, boolean closing) {}
}
