package streamcache.bench.sim;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import streamcache.origin.Failure;
import streamcache.range.RangeSet;
import streamcache.schedule.AccountEvent;
import streamcache.schedule.AccountMachine;
import streamcache.schedule.AccountRules;
import streamcache.schedule.Brought;
import streamcache.schedule.ConnectionEnd;
import streamcache.schedule.DemandTerms;
import streamcache.schedule.Effect;
import streamcache.schedule.Learned;
import streamcache.schedule.ObservedReader;
import streamcache.schedule.ObservedTitle;
import streamcache.schedule.ObservedTransfer;
import streamcache.settings.PlayerWaits;

/** The product: its own account machine, driven by the events of a simulated world. */
final class Ours implements Policy {

  /** The limit up to which a connection of the product reads over present bytes. */
  private static final long READ_OVER_BYTES = 512 << 10;

  /**
   * As in a connection of the product: before this time a rate says more about buffers than about
   * bandwidth.
   */
  private static final double RATE_AFTER = 0.3;

  private static final double TICK = 0.25;

  /**
   * Seconds after which a player without a first byte gets an error; a player that waits during
   * playback gets it later.
   */
  private static final double ANSWER_WITHIN = PlayerWaits.USUAL.answer().toMillis() / 1e3;

  private static final double FOLLOWER_WAIT_MAX = PlayerWaits.USUAL.nextByte().toMillis() / 1e3;

  private static final Failure TOO_MANY =
      new Failure.Limit(OptionalInt.of(429), "too many connections", Optional.empty());

  private final SceneWorld world;
  private final AccountMachine machine;
  private final Map<SimulatedRequest, Long> requests = new LinkedHashMap<>();
  private final Map<Long, Download> downloads = new HashMap<>();
  private final Map<Copy, ObservedTitle> stored = new HashMap<>();
  private final List<Double> alarms = new ArrayList<>();

  /** Events that the machine has not seen yet. */
  private final Deque<AccountEvent> next = new ArrayDeque<>();

  private long nextRequest;
  private double nextTick;

  private Ours(SceneWorld world, boolean sharesBandwidth) {
    this.world = world;
    AccountRules rules =
        new AccountRules(
            world.provider().terms().connections(),
            /* coolDown= */ Optional.empty(),
            /* hasRanges= */ true,
            /* trustsValidators= */ Optional.empty(),
            /* namesAgent= */ false,
            /* completeAfter= */ 0,
            sharesBandwidth,
            /* rangeTeeThreshold= */ 20 << 20,
            PlayerWaits.USUAL.place(),
            /* seed= */ 1);
    this.machine =
        new AccountMachine(rules, new Unhindered(), Learned.NONE, Optional.empty(), now());
  }

  /** With admission: a new viewer waits if the bandwidth does not suffice for a further film. */
  static Ours holding(SceneWorld world) {
    return new Ours(world, /* sharesBandwidth= */ false);
  }

  /** Without admission: every viewer starts at once. */
  static Ours sharing(SceneWorld world) {
    return new Ours(world, /* sharesBandwidth= */ true);
  }

  @Override
  public void asked(SimulatedRequest request) {
    long number = nextRequest++;
    requests.put(request, number);
    DemandTerms terms =
        new DemandTerms(
            request.copy().link(),
            /* factsOnly= */ false,
            "player",
            /* isTrusted= */ true,
            Optional.of(new Watching()));
    ObservedTitle title = stored.computeIfAbsent(request.copy(), Ours::observed);
    on(
        new AccountEvent.DemandCame(
            number, request.copy().link().key(), title, observed(request), terms));
    on(new AccountEvent.TimePassed());
  }

  @Override
  public void left(SimulatedRequest request) {
    Long number = requests.remove(request);
    if (number != null) {
      on(new AccountEvent.DemandLeft(number));
    }
  }

  @Override
  public void blocked(SimulatedRequest request) {
    Long number = requests.get(request);
    if (number != null) {
      on(new AccountEvent.DemandBlocked(number));
    }
  }

  @Override
  public void unblocked(SimulatedRequest request) {
    Long number = requests.get(request);
    if (number != null) {
      on(new AccountEvent.DemandUnblocked(number));
    }
  }

  @Override
  public void answered(Download download) {
    double firstByte = world.now() - download.openedAt();
    on(
        new AccountEvent.ConnectionAnswered(
            download.number(), Duration.ofNanos(Clock.nanos(firstByte))));
    on(new AccountEvent.ConnectionProgressed(download.number()));
  }

  @Override
  public void ended(Download download) {
    downloads.remove(download.number());
    ConnectionEnd end =
        switch (download.state()) {
          case REFUSED -> new ConnectionEnd.Failed(TOO_MANY);
          case CLOSED -> new ConnectionEnd.Closed();
          case CONNECTING, RUNNING, FINISHED -> new ConnectionEnd.Finished();
        };
    long brought = download.stored();
    on(
        new AccountEvent.ConnectionEnded(
            download.number(),
            /* hasStarted= */ true,
            end,
            new Brought(
                brought,
                /* hasProgress= */ brought > 0,
                /* isWhole= */ false,
                /* isSpent= */ false,
                OptionalLong.empty(),
                /* hasChangedTitle= */ brought > 0)));
  }

  @Override
  public void step() {
    double now = world.now();
    answerInTime(now);
    if (now >= nextTick) {
      nextTick = now + TICK;
      on(new AccountEvent.Ticked());
    }
    if (alarms.removeIf(at -> at <= now)) {
      on(new AccountEvent.TimePassed());
    }
    requests.forEach((request, number) -> {
      if (machine.questions().isHeld(number)) {
        request.hold();
      } else {
        request.admit();
      }
    });
  }

  private void answerInTime(double now) {
    for (Map.Entry<SimulatedRequest, Long> each : List.copyOf(requests.entrySet())) {
      SimulatedRequest request = each.getKey();
      boolean isFirst = request.isUnanswered() && !machine.questions().isServed(each.getValue());
      double most = isFirst ? ANSWER_WITHIN : FOLLOWER_WAIT_MAX;
      if (request.waits(now).orElse(0) > most) {
        request.fail();
      }
    }
  }

  private void on(AccountEvent event) {
    next.add(event);
    if (next.size() > 1) {
      return;
    }
    while (!next.isEmpty()) {
      machine.on(next.element(), now()).forEach(this::follow);
      next.remove();
    }
  }

  private void follow(Effect effect) {
    switch (effect) {
      case Effect.Open open -> open(open);
      case Effect.Close(long number) -> download(number).close();
      case Effect.Limit(long number, long end) -> download(number).limit(end);
      case Effect.FailDemand(long number, Failure _) ->
          requests.forEach((request, own) -> {
            if (own == number) {
              request.fail();
            }
          });
      case Effect.WakeAfter(Duration time) -> alarms.add(world.now() + time.toNanos() / 1e9);
      case Effect.Mark _,
          Effect.Release _,
          Effect.TitleCompleted _,
          Effect.TitleFailed _,
          Effect.LearnAgent _,
          Effect.LearnValidators _,
          Effect.LearnRangesRefused _,
          Effect.Learn _,
          Effect.Spend _ -> {}
      case Effect.PassStore _,
          Effect.ClosePass _,
          Effect.OpenPass _,
          Effect.RetryPass _,
          Effect.FailPass _,
          Effect.CancelSideQuery _ ->
          throw new IllegalStateException("nothing here passes the store: " + effect);
    }
  }

  private void open(Effect.Open open) {
    Copy copy =
        stored.keySet().stream()
            .filter(each -> each.link().key().equals(open.title()))
            .findFirst()
            .orElseThrow();
    Download download = world.open(copy, open.range(), READ_OVER_BYTES);
    download.number(open.connection());
    downloads.put(open.connection(), download);
    machine.on(new AccountEvent.ConnectionMade(open.connection(), observed(download)), now());
  }

  private Download download(long number) {
    Download download = downloads.get(number);
    if (download == null) {
      throw new IllegalStateException("no such connection: " + number);
    }
    return download;
  }

  private long now() {
    return Clock.nanos(world.now());
  }

  private static ObservedTitle observed(Copy copy) {
    return new ObservedTitle() {
      @Override
      public boolean isKnown() {
        return true;
      }

      @Override
      public OptionalLong total() {
        return OptionalLong.of(copy.end());
      }

      @Override
      public RangeSet present() {
        return copy.present();
      }
    };
  }

  private ObservedReader observed(SimulatedRequest request) {
    return new ObservedReader() {
      @Override
      public long position() {
        return request.position();
      }

      @Override
      public long end() {
        return Long.MAX_VALUE;
      }

      @Override
      public long watched() {
        return request.watched();
      }

      @Override
      public double rate() {
        return request.rate();
      }

      @Override
      public double claims(long now) {
        return request.claims(world.now());
      }

      @Override
      public double buffered(long now) {
        return request.buffered(world.now());
      }
    };
  }

  private ObservedTransfer observed(Download download) {
    return new ObservedTransfer() {
      @Override
      public long position() {
        return download.position();
      }

      @Override
      public double rate(long now) {
        double ran = ran(now).orElse(0);
        return ran < RATE_AFTER ? 0 : (download.position() - download.start()) / ran;
      }

      @Override
      public double bandwidth(long now) {
        return rate(now);
      }

      @Override
      public OptionalDouble ran(long now) {
        return download.ran(world.now());
      }

      @Override
      public boolean isAccepted() {
        return true;
      }
    };
  }
}
