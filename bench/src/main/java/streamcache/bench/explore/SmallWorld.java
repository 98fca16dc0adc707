package streamcache.bench.explore;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import streamcache.bench.sim.Unhindered;
import streamcache.bench.sim.Watching;
import streamcache.origin.Failure;
import streamcache.range.ByteRange;
import streamcache.schedule.AccountEvent;
import streamcache.schedule.AccountMachine;
import streamcache.schedule.AccountRules;
import streamcache.schedule.Brought;
import streamcache.schedule.ConnectionEnd;
import streamcache.schedule.DemandTerms;
import streamcache.schedule.Effect;
import streamcache.schedule.GlobalConnectionLimit;
import streamcache.schedule.Invariants;
import streamcache.schedule.Learned;
import streamcache.settings.PlayerWaits;

/** Two titles, two players and one connection, advanced one {@link Move} at a time. */
final class SmallWorld {

  private static final long LENGTH = 6_000_000;
  private static final long PORTION = 2_000_000;

  /** Bytes a second at which players consume and a connection delivers. */
  static final double RATE = 1e6;

  /** Seconds within which everything must finish once the faults have ended. */
  private static final int FINISHES_WITHIN = 120;

  private static final Failure TOO_MANY =
      new Failure.Limit(OptionalInt.of(429), "too many", Optional.empty());
  private static final Failure REFUSED = new Failure.Denied(OptionalInt.of(403), "refused");
  private static final Failure CUT = new Failure.Broken(OptionalInt.empty(), "cut");

  private final List<Stored> films = List.of(new Stored(0, LENGTH), new Stored(1, LENGTH));
  private final List<SmallPlayer> players = List.of(new SmallPlayer(), new SmallPlayer());
  private final Map<Long, SmallConnection> connections = new LinkedHashMap<>();
  private final List<Long> alarms = new ArrayList<>();
  private final Deque<AccountEvent> next = new ArrayDeque<>();
  private final Invariants invariants = new Invariants();
  private final AccountMachine machine;
  private final boolean refusesRanges;
  private long now;
  private long numbers;

  /**
   * @param refusesRanges whether the provider refuses any request with a Range
   */
  SmallWorld(boolean refusesRanges) {
    this.refusesRanges = refusesRanges;
    AccountRules rules =
        new AccountRules(
            /* connections= */ 1,
            Optional.empty(),
            true,
            Optional.empty(),
            false,
            0,
            false,
            20 << 20,
            PlayerWaits.USUAL.place(),
            1);
    Unhindered provider =
        new Unhindered(new GlobalConnectionLimit(), () -> true, () -> !refusesRanges, () -> false);
    machine = new AccountMachine(rules, provider, Learned.NONE, Optional.empty(), now);
  }

  /**
   * Returns the moves that are possible now. The titles and their players are interchangeable, so
   * the player that arrives first is always the first one. Nothing can happen before it arrives.
   */
  List<Move> moves() {
    if (numbers == 0) {
      return List.of(new Move.Comes(0));
    }
    List<Move> moves = new ArrayList<>();
    for (int player = 0; player < players.size(); player++) {
      if (players.get(player).demand < 0) {
        moves.add(new Move.Comes(player));
      } else {
        moves.add(new Move.Leaves(player));
        moves.add(new Move.Seeks(player));
      }
    }
    connections.forEach((number, open) -> {
      moves.add(new Move.Ends(number));
      if (!open.isClosing && open.hasAnswered) {
        moves.add(new Move.Brings(number));
      } else if (!open.isClosing) {
        moves.add(new Move.Answers(number));
        moves.add(new Move.IsRefused(number));
      }
    });
    moves.add(new Move.TimePasses());
    return moves;
  }

  void make(Move move) {
    switch (move) {
      case Move.Comes(int player) -> comes(player);
      case Move.Leaves(int player) -> leaves(player);
      case Move.Seeks(int player) -> {
        leaves(player);
        players.get(player).position = LENGTH - 1_000_000;
        comes(player);
      }
      case Move.Answers(long number) -> answers(number);
      case Move.Brings(long number) -> brings(number);
      case Move.IsRefused(long number) -> ends(number, new ConnectionEnd.Failed(TOO_MANY), false);
      case Move.Ends(long number) -> {
        SmallConnection open = open(number);
        ends(
            number,
            open.isClosing ? new ConnectionEnd.Closed() : new ConnectionEnd.Failed(CUT),
            open.hasAnswered);
      }
      case Move.TimePasses _ -> passes();
    }
  }

  /** Plays on without faults: every player must get its film to the end. */
  void finish() {
    for (int second = 0; second < FINISHES_WITHIN; second++) {
      for (int player = 0; player < players.size(); player++) {
        SmallPlayer here = players.get(player);
        if (here.demand < 0 && here.position < LENGTH) {
          comes(player);
        }
      }
      for (Map.Entry<Long, SmallConnection> each : List.copyOf(connections.entrySet())) {
        if (each.getValue().isClosing) {
          ends(each.getKey(), new ConnectionEnd.Closed(), true);
        } else if (each.getValue().hasAnswered) {
          brings(each.getKey());
        } else {
          answers(each.getKey());
        }
      }
      passes();
      if (players.stream().allMatch(player -> player.position >= LENGTH)) {
        return;
      }
    }
    throw new AssertionError("a player never gets to the end");
  }

  private void comes(int player) {
    SmallPlayer here = players.get(player);
    Stored film = films.get(player);
    here.demand = numbers++;
    here.isBlocked = true;
    DemandTerms terms =
        new DemandTerms(film.link(), false, "player", true, Optional.of(new Watching()));
    on(new AccountEvent.DemandCame(here.demand, film.link().key(), film, here, terms));
    on(new AccountEvent.TimePassed());
    read();
  }

  private void leaves(int player) {
    SmallPlayer here = players.get(player);
    long demand = here.demand;
    here.demand = -1;
    on(new AccountEvent.DemandLeft(demand));
  }

  private void answers(long number) {
    SmallConnection open = open(number);
    if (refusesRanges && open.sendsRange) {
      ends(number, new ConnectionEnd.Failed(REFUSED), false);
      return;
    }
    if (refusesRanges) {
      open.position = 0;
    }
    if (!open.film.isKnown()) {
      if (!machine.mayBegin(number)) {
        throw new AssertionError("the only connection may not begin the title");
      }
      open.film.isKnown(true);
      on(new AccountEvent.FileBegun(number));
    }
    open.hasAnswered = true;
    on(new AccountEvent.ConnectionAnswered(number, Duration.ofMillis(300)));
  }

  private void brings(long number) {
    SmallConnection open = open(number);
    long count = Math.min(PORTION, Math.min(open.limit, open.end) - open.position);
    if (count > 0) {
      long fresh = open.film.store(ByteRange.ofLength(open.position, count), true);
      open.position += count;
      if (fresh > 0) {
        on(new AccountEvent.ConnectionProgressed(number));
      }
    }
    read();
    if (open.isDone() && connections.containsKey(number)) {
      ends(number, new ConnectionEnd.Finished(), true);
    }
  }

  private void ends(long number, ConnectionEnd end, boolean hasProgress) {
    connections.remove(number);
    boolean isSpent = end instanceof ConnectionEnd.Finished;
    on(
        new AccountEvent.ConnectionEnded(
            number,
            /* hasStarted= */ true,
            end,
            new Brought(
                hasProgress ? PORTION : 0,
                hasProgress,
                false,
                isSpent,
                OptionalLong.empty(),
                hasProgress)));
  }

  /** Players consume what is present and wait at holes. */
  private void read() {
    for (int player = 0; player < players.size(); player++) {
      SmallPlayer here = players.get(player);
      Stored film = films.get(player);
      if (here.demand < 0 || !film.isKnown()) {
        continue;
      }
      long until = film.present().presentUntil(here.position);
      if (until > here.position) {
        here.position = until;
        here.isBlocked = false;
        on(new AccountEvent.DemandUnblocked(here.demand));
      }
      if (here.position >= LENGTH) {
        leaves(player);
      } else if (!here.isBlocked) {
        here.isBlocked = true;
        on(new AccountEvent.DemandBlocked(here.demand));
      }
    }
  }

  private void passes() {
    now += 1_000_000_000L;
    if (alarms.removeIf(at -> at <= now)) {
      on(new AccountEvent.TimePassed());
    }
    on(new AccountEvent.Ticked());
  }

  private void on(AccountEvent event) {
    next.add(event);
    if (next.size() > 1) {
      return;
    }
    while (!next.isEmpty()) {
      machine.on(next.element(), now).forEach(this::follow);
      invariants.hold(machine, now);
      next.remove();
    }
  }

  private void follow(Effect effect) {
    switch (effect) {
      case Effect.Open open -> {
        Stored film =
            films.stream()
                .filter(each -> each.link().key().equals(open.title()))
                .findFirst()
                .orElseThrow();
        SmallConnection made = new SmallConnection(film, open.range(), open.terms().sendsRange());
        connections.put(open.connection(), made);
        machine.on(new AccountEvent.ConnectionMade(open.connection(), made), now);
      }
      case Effect.Close(long number) -> open(number).isClosing = true;
      case Effect.Limit(long number, long end) -> {
        SmallConnection open = open(number);
        open.limit = Math.min(open.limit, end);
      }
      case Effect.FailDemand(long number, _) -> {
        for (int player = 0; player < players.size(); player++) {
          if (players.get(player).demand == number) {
            players.get(player).demand = -1;
            next.add(new AccountEvent.DemandLeft(number));
          }
        }
      }
      case Effect.WakeAfter(Duration time) -> alarms.add(now + time.toNanos());
      case Effect.PassStore _,
          Effect.OpenPass _,
          Effect.RetryPass _,
          Effect.FailPass _,
          Effect.ClosePass _,
          Effect.CancelSideQuery _ ->
          throw new AssertionError("nothing here passes the store: " + effect);
      case Effect.Mark _,
          Effect.Release _,
          Effect.TitleCompleted _,
          Effect.TitleFailed _,
          Effect.LearnAgent _,
          Effect.LearnValidators _,
          Effect.LearnRangesRefused _,
          Effect.Learn _,
          Effect.Spend _ -> {}
    }
  }

  private SmallConnection open(long number) {
    @Nullable SmallConnection open = connections.get(number);
    if (open == null) {
      throw new IllegalStateException("no such connection: " + number);
    }
    return open;
  }
}
