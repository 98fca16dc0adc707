package streamcache.schedule;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import streamcache.link.TitleKey;
import streamcache.origin.Failure;
import streamcache.range.ByteRange;

/**
 * The events of an account, as values. Demands, connections and passes are identified by number.
 * The driver assigns the numbers of demands and passes, the machine those of connections.
 */
public sealed interface AccountEvent {

  /**
   * Whether the event concerns one reader only. No other thread waits for it unless it has effects.
   */
  default boolean isOfReader() {
    return this instanceof DemandBlocked || this instanceof DemandUnblocked;
  }

  /** The demand that waits for what follows; empty where more than one may. */
  default OptionalLong concerned() {
    return switch (this) {
      case DemandCame came -> OptionalLong.of(came.demand());
      case DemandBlocked(long demand) -> OptionalLong.of(demand);
      case OrderCame came -> OptionalLong.of(came.order());
      default -> OptionalLong.empty();
    };
  }

  /** A title is wanted. */
  sealed interface Wanted extends AccountEvent {

    TitleKey title();

    ObservedTitle stored();

    DemandTerms terms();
  }

  /**
   * A playback wants a title; it starts out waiting. Connections are decided at the next event, so
   * that the driver can first look up the title's bit rate in the stored head.
   */
  record DemandCame(
      long demand, TitleKey title, ObservedTitle stored, ObservedReader reader, DemandTerms terms)
      implements Wanted {}

  /**
   * A range of a title is to be fetched before anybody plays it. It counts as failed with {@link
   * Effect.FailDemand} and {@link Effect.PassStore}, as a demand does; their numbers differ.
   */
  record OrderCame(
      long order, TitleKey title, ObservedTitle stored, ByteRange range, DemandTerms terms)
      implements Wanted {

    /** Why a range that does not begin at the start of the file may fail. */
    public static final Failure ONLY_FROM_THE_START =
        new Failure.Broken(OptionalInt.empty(), "the provider sends the file only from its start");
  }

  /** The order is fulfilled, or nobody wants it any more. */
  record OrderLeft(long order) implements AccountEvent {}

  /** The demand's reader waits at a hole. */
  record DemandBlocked(long demand) implements AccountEvent {}

  /** The demand's reader continues. */
  record DemandUnblocked(long demand) implements AccountEvent {}

  /** The demand bypassed the store for a while and is to be served from the store again. */
  record DemandResumed(long demand) implements AccountEvent {}

  record DemandLeft(long demand) implements AccountEvent {}

  /** The connection was created as {@link Effect.Open} says. */
  record ConnectionMade(long connection, ObservedTransfer transfer) implements AccountEvent {}

  /** The limit on the connections of all accounts left no slot for the connection. */
  record ConnectionWithoutSlot(long connection) implements AccountEvent {}

  /**
   * The connection takes bytes that another node has stored. It has a slot, but the provider does
   * not see it, and nothing that it meets says anything about the provider.
   */
  record ConnectionCopies(long connection) implements AccountEvent {}

  /** The connection has received its first bytes. */
  record ConnectionAnswered(long connection, Duration firstByte) implements AccountEvent {}

  /** The connection delivers bytes that were not stored before. */
  record ConnectionProgressed(long connection) implements AccountEvent {}

  /** The connection's bytes differ from the stored bytes where the two overlap. */
  record ConnectionMismatched(long connection) implements AccountEvent {}

  /** The stored bytes do not belong to the file that the provider has now. */
  record FileDoubted(long connection) implements AccountEvent {}

  /**
   * The validators of a response differ from those of the stored file, and the response alone does
   * not show whether the bytes differ, too.
   */
  record ValidatorsDiffered(TitleKey title) implements AccountEvent {}

  /**
   * Nothing in a response shows where its bytes belong, or to what file, and none of them are
   * stored.
   */
  record PlaceDoubted(TitleKey title) implements AccountEvent {}

  /** Bytes whose validators differ from those of the stored file were compared and are equal. */
  record ValidatorsRefuted(TitleKey title) implements AccountEvent {}

  /** The connection's bytes begin the title, or a new file that replaces it. */
  record FileBegun(long connection) implements AccountEvent {}

  /** The connection receives a broadcast, whatever range it was opened for. */
  record BroadcastBegun(long connection) implements AccountEvent {}

  /**
   * @param hasStarted whether the provider may have seen the connection
   */
  record ConnectionEnded(long connection, boolean hasStarted, ConnectionEnd end, Brought brought)
      implements AccountEvent {

    /** The end of a connection that the provider never saw. */
    public static ConnectionEnded unmade(long connection, Failure failure) {
      return new ConnectionEnded(
          connection, /* hasStarted= */ false, new ConnectionEnd.Failed(failure), Brought.NOTHING);
    }
  }

  /** A playback wants a pass, for the first time or again. */
  record PassWanted(long pass, long demand, ObservedPass observed) implements AccountEvent {}

  /** The pass was not requested: there is no slot for it, or its player has waited long enough. */
  record PassWithoutSlot(long pass) implements AccountEvent {}

  /** The provider accepted the request of the pass. */
  record PassAccepted(long pass) implements AccountEvent {}

  /**
   * The pass failed before its first byte, and its connection has ended.
   *
   * @param isLate whether its player has waited long enough
   */
  record PassFailed(long pass, Failure failure, boolean isLate) implements AccountEvent {}

  /**
   * The validators of the pass's response differ from those of the stored file. It was given up so
   * that the next one is compared, and its connection has ended.
   */
  record PassDisputed(long pass) implements AccountEvent {}

  /** The pass has ended, whether or not it ever had a connection. */
  record PassEnded(long pass) implements AccountEvent {}

  /** The provider's panel states how many connections the account may have; at least 1. */
  record LimitStated(int connections) implements AccountEvent {}

  /** The operator has changed the settings of the account. Connections are decided later. */
  record RulesChanged(AccountRules rules) implements AccountEvent {}

  /** The provider has refused the running side query as one connection too many. */
  record SideQueryRefused() implements AccountEvent {}

  /** A side query has ended; {@code hasAsked}: the provider may have seen it. */
  record SideQueryEnded(boolean hasAsked) implements AccountEvent {}

  /** Only time has passed. */
  record TimePassed() implements AccountEvent {}

  /** Sent four times a second. */
  record Ticked() implements AccountEvent {}

  /** The account stops and opens no further connection. */
  record Stopped() implements AccountEvent {}
}
