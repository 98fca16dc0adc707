package streamcache.schedule;

import java.util.Optional;

/**
 * The time-dependent settings of a provider, and what is known about it beyond one account's
 * connections. Read at any time by its account's machine; never blocks.
 */
public interface ObservedProvider {

  /** Whether the last request for a range from the middle of a title returned the whole file. */
  boolean ignoresRanges();

  /** Whether the last request for a range returned that range. */
  boolean givesRanges();

  /** Whether it was found, in this run or an earlier one, to refuse any request with a Range. */
  boolean refusesRanges();

  /** What was learned about its validators, in this run or an earlier one. */
  ValidatorLessons validators();

  /** The User-Agent of the last request that it accepted, in this run or an earlier one. */
  Optional<String> agent();

  /** Whether bytes that nobody needs soon may be fetched now. */
  boolean mayFill();

  /** Whether that can ever become allowed. */
  boolean mayFillAgain();

  /** Whether connections that nobody waits for must free their slots, for all accounts together. */
  boolean isCrowded();
}
