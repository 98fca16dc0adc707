package streamcache.schedule;

import java.time.Duration;
import streamcache.link.TitleKey;
import streamcache.origin.Failure;
import streamcache.range.ByteRange;

/** A step to carry out after an event, in order, without the account's lock. */
public sealed interface Effect {

  /**
   * Open a connection.
   *
   * @param range the range it is for; ends at Long.MAX_VALUE for the end of the file
   * @param overlap stored bytes to fetch again and compare on either side
   * @param support the live state of the provider's range support for this title
   * @param purpose what it is for
   */
  record Open(
      long connection,
      TitleKey title,
      ByteRange range,
      long overlap,
      RequestTerms terms,
      RangeSupport support,
      FetchPurpose purpose)
      implements Effect {

    /** Whether a player wants what it delivers. */
    public boolean isAwaited() {
      return purpose.isOfPlayer();
    }
  }

  /** End a connection; it counts until it has ended. */
  record Close(long connection) implements Effect {}

  /** Limit a connection: another one delivers the bytes from {@code end} on. */
  record Limit(long connection, long end) implements Effect {}

  /** Tell a connection whether nobody needs its bytes soon. */
  record Mark(long connection, boolean isFill) implements Effect {}

  /** Fail the playback, or the order. */
  record FailDemand(long demand, Failure failure) implements Effect {}

  /** The store accepts nothing of the title: the playback bypasses it, and an order has failed. */
  record PassStore(long demand) implements Effect {}

  /** End a pass: its slot is needed, and its own player takes nothing. */
  record ClosePass(long pass) implements Effect {}

  /** Request a pass from the provider. */
  record OpenPass(long pass, RequestTerms terms) implements Effect {}

  /** Request a failed pass again after the pause, once its turn comes. */
  record RetryPass(long pass, Duration pause) implements Effect {}

  /** Give up a pass. */
  record FailPass(long pass) implements Effect {}

  /** Cancel the side query: its slot is needed, or the account stops. */
  record CancelSideQuery() implements Effect {}

  /** {@link AccountEvent.TimePassed} is due after {@code time}. */
  record WakeAfter(Duration time) implements Effect {}

  /** Release the title: nobody wants it any more, and it is not being completed. */
  record Release(TitleKey title) implements Effect {}

  /** Every byte of the title is stored. */
  record TitleCompleted(TitleKey title, long total) implements Effect {}

  /** The title is given up for now. */
  record TitleFailed(TitleKey title, Failure failure) implements Effect {}

  /** Something about the provider to keep across restarts. */
  sealed interface Lesson extends Effect {}

  /** A request with that agent was accepted. */
  record LearnAgent(String agent) implements Lesson {}

  /** The account's validators, or its handling of If-Range, cannot be relied on. */
  record LearnValidators(ValidatorLessons lessons) implements Lesson {}

  /**
   * Whether the account's provider refuses requests that carry a Range, and answers those that do
   * not.
   */
  record LearnRangesRefused(boolean areRefused) implements Lesson {}

  record Learn(Learned lessons) implements Lesson {}

  /** Bytes arrived that nobody needed soon. */
  record Spend(long bytes) implements Effect {}
}
