package streamcache.fill;

import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import streamcache.origin.Failure;
import streamcache.range.ByteRange;

/**
 * A range of a title that is fetched before anybody plays it, when no player needs the connections
 * of its account and its hours and quota permit. Used by one thread, which closes it.
 */
public interface Order extends AutoCloseable {

  /** How waiting for an order ended. */
  sealed interface Outcome {

    /** All of it is stored. */
    record Stored() implements Outcome {}

    /** The provider does not deliver it now. */
    record Failed(Failure failure) implements Outcome {}

    /** It does not begin at the start of the file, and the provider sends nothing else. */
    record NoRanges() implements Outcome {}

    /** The store accepts no bytes. */
    record StoreRefuses() implements Outcome {}

    /** The title is a live channel, of which nothing is stored. */
    record Live() implements Outcome {}

    /** The caller has stopped to wait. */
    record Stopped() implements Outcome {}
  }

  /**
   * Waits until all of it is stored, or will not be. Parks, for hours if need be.
   *
   * @param stop evaluated at each event of the account, at least four times a second
   */
  Outcome await(BooleanSupplier stop) throws InterruptedException;

  /** The length of the title; empty while unknown. */
  OptionalLong total();

  /** How many bytes of a range of the title are stored. Any thread. */
  long stored(ByteRange range);

  @Override
  void close();
}
