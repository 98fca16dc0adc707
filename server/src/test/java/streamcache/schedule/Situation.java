package streamcache.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import streamcache.link.TitleKey;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;
import streamcache.schedule.AccountState.Claim;
import streamcache.schedule.AccountState.ConnectionState;
import streamcache.schedule.AccountState.DemandState;
import streamcache.schedule.AccountState.TitleState;
import streamcache.schedule.AccountState.UpstreamState;

/** An account put together step by step for a test. */
final class Situation {

  static final long MIB = 1024 * 1024;
  static final long TOTAL = 1000 * MIB;

  /** The bandwidth; a player consumes a fifth of it. */
  static final long RATE = 5 * MIB;

  private final Decision decision = new Decision(20 * MIB);
  private final List<Title> titles = new ArrayList<>();
  private UpstreamState line = new UpstreamState(/* firstByte= */ 0.3, RATE, /* coolDown= */ 0);
  private int budget = 2;
  private int taken;
  private boolean settling;
  private Optional<TitleKey> reserved = Optional.empty();

  Situation budget(int connections) {
    budget = connections;
    return this;
  }

  /** Slots that are cooling down or used by something that is not listed. */
  Situation taken(int places) {
    taken = places;
    return this;
  }

  Situation settling() {
    settling = true;
    return this;
  }

  Situation upstream(double firstByte, double rate, double coolDown) {
    line = new UpstreamState(firstByte, rate, coolDown);
    return this;
  }

  Title title() {
    Title title = new Title("abcdefgh".charAt(titles.size()));
    titles.add(title);
    return title;
  }

  List<Action> decide() {
    int active = titles.stream().mapToInt(title -> title.connections.size()).sum();
    return decision.decide(
        new AccountState(
            line,
            budget,
            Math.max(0, budget - active - taken),
            settling,
            reserved,
            titles.stream().map(Title::state).toList()));
  }

  /** One title of the account. */
  static final class Title {
    final TitleKey key;
    boolean fill = true;
    RangeSet present = RangeSet.EMPTY;
    private boolean known = true;
    private boolean ranges = true;
    private boolean alone;
    private boolean paused;
    private double watched;
    private boolean admitted = true;
    private double claimed = MIB;
    private long leftAt;
    private final List<DemandState> demands = new ArrayList<>();
    private final List<ConnectionState> connections = new ArrayList<>();

    private Title(char letter) {
      key = new TitleKey(String.valueOf(letter).repeat(26));
    }

    Title unknown() {
      known = false;
      return this;
    }

    Title withoutRanges() {
      ranges = false;
      return this;
    }

    /** The title has been watched for {@code seconds}. */
    Title watched(double seconds) {
      watched = seconds;
      return this;
    }

    /** Its players have not been admitted yet. */
    Title newcomer() {
      admitted = false;
      return this;
    }

    /** Its players are known to take {@code bytesASecond}. */
    Title claiming(double bytesASecond) {
      claimed = bytesASecond;
      return this;
    }

    /** It may have only one connection. */
    Title alone() {
      alone = true;
      return this;
    }

    Title paused() {
      paused = true;
      return this;
    }

    Title present(long start, long end) {
      present = present.plus(new ByteRange(start, end));
      return this;
    }

    /**
     * A player starved for a second; replaces others at its position, or all if the title is
     * unknown.
     */
    Title starved(long position) {
      demands.removeIf(demand -> !known || demand.position() == position);
      return demand(position, /* waited= */ 1, /* buffered= */ 0);
    }

    /** A player that does not wait. */
    Title playing(long position, double buffered) {
      demands.add(new DemandState(position, Long.MAX_VALUE, none(), MIB, buffered, false));
      return this;
    }

    Title demand(long position, double waited, double buffered) {
      demands.add(
          new DemandState(
              position, Long.MAX_VALUE, OptionalDouble.of(waited), MIB, buffered, false));
      return this;
    }

    /** Its last player was at {@code position} when it left. */
    Title leftAt(long position) {
      leftAt = position;
      return this;
    }

    Title factsOnly() {
      demands.add(new DemandState(0, Long.MAX_VALUE, OptionalDouble.of(1), MIB, 0, true));
      return this;
    }

    /** A connection that has run for a minute at the full bandwidth. */
    Title running(long id, long position) {
      return runningAt(id, position, RATE);
    }

    Title runningAt(long id, long position, double rate) {
      connections.add(
          new ConnectionState(id, position, Long.MAX_VALUE, rate, OptionalDouble.of(60), false));
      return this;
    }

    /** A connection that stops at {@code limit}. */
    Title until(long id, long position, long limit) {
      connections.add(new ConnectionState(id, position, limit, RATE, OptionalDouble.of(60), false));
      return this;
    }

    /** A connection that has not received a byte yet. */
    Title opening(long id, long position) {
      connections.add(new ConnectionState(id, position, Long.MAX_VALUE, 0, none(), false));
      return this;
    }

    /** A connection that received its first byte {@code ran} seconds ago. */
    Title young(long id, long position, double ran) {
      connections.add(
          new ConnectionState(id, position, Long.MAX_VALUE, RATE, OptionalDouble.of(ran), false));
      return this;
    }

    Title closing(long id, long position) {
      connections.add(
          new ConnectionState(id, position, Long.MAX_VALUE, RATE, OptionalDouble.of(60), true));
      return this;
    }

    private static OptionalDouble none() {
      return OptionalDouble.empty();
    }

    private TitleState state() {
      return new TitleState(
          key,
          known,
          known ? OptionalLong.of(TOTAL) : OptionalLong.empty(),
          present,
          ranges,
          ranges && !alone ? Integer.MAX_VALUE : 1,
          fill ? Optional.of(new ByteRange(0, Long.MAX_VALUE)) : Optional.empty(),
          watched,
          new Claim(admitted, claimed),
          demands.isEmpty() ? leftAt : demands.getLast().position(),
          paused,
          List.copyOf(demands),
          List.copyOf(connections));
    }
  }
}
