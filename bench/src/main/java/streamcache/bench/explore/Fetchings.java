package streamcache.bench.explore;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import streamcache.origin.Failure;
import streamcache.range.ByteRange;
import streamcache.schedule.AccountEvent;
import streamcache.schedule.Brought;
import streamcache.schedule.ConnectionEnd;
import streamcache.schedule.ValidatorUse;
import streamcache.schedule.Whole;
import streamcache.schedule.WholeResponse;

/**
 * The connections for titles: what the provider sends on them, and which events the account gets.
 */
final class Fetchings {

  /** A whole file for a range that was requested without If-Range. */
  private static final WholeResponse CONCLUSIVE =
      new WholeResponse(
          /* mayBeForIfRange= */ false, /* offersRanges= */ false, /* isDisputed= */ false);

  /** A whole file because the validator in If-Range is no longer that of the provider. */
  private static final WholeResponse FOR_IF_RANGE =
      new WholeResponse(
          /* mayBeForIfRange= */ true, /* offersRanges= */ true, /* isDisputed= */ true);

  /** So many equal bytes show that they are of the stored file. */
  private static final long SAMPLE = 64 << 10;

  /** The limit up to which a connection of the product reads over present bytes. */
  private static final long READ_OVER_BYTES = 512 << 10;

  static final Failure BROKEN = new Failure.Broken(OptionalInt.empty(), "cut");
  private static final Failure CHANGED = new Failure.Changed(OptionalInt.empty(), "another file");

  private final AccountWorld world;
  private final Map<Long, Fetching> connections = new LinkedHashMap<>();

  Fetchings(AccountWorld world) {
    this.world = world;
  }

  void opens(Fetching fetching) {
    connections.put(fetching.number(), fetching);
  }

  /** Advances by one step of time. */
  void step() {
    List.copyOf(connections.values()).forEach(this::brings);
  }

  /** The process is killed. */
  void killed() {
    connections
        .values()
        .forEach(fetching -> {
          world.provider().closed(fetching, world.now());
          world.givesSlot();
        });
    connections.clear();
  }

  Fetching connection(long number) {
    Fetching fetching = connections.get(number);
    if (fetching == null) {
      throw new IllegalStateException("no such connection: " + number);
    }
    return fetching;
  }

  private void brings(Fetching fetching) {
    if (fetching.isClosing()) {
      ends(fetching, new ConnectionEnd.Closed(), false, false);
    } else if (fetching.isCut()) {
      ends(fetching, new ConnectionEnd.Failed(BROKEN), fetching.hasAnswered(), false);
    } else if (fetching.hasAnswered()) {
      stores(fetching);
    } else if (world.now() >= fetching.answersAt()) {
      answers(fetching);
    }
  }

  private void answers(Fetching fetching) {
    ExploredProvider.Answer answer = fetching.answer();
    if (answer.failure().isPresent()) {
      world.mark(Mark.REFUSED);
      if (answer.isOneTooMany() && answer.failure().get() instanceof Failure.Limit) {
        world.checks().refused(world.now());
      }
      if (!answer.isOneTooMany()
          && world.provider().panel().quirks().isUsedElsewhere(world.now())) {
        world.mark(Mark.USED_ELSEWHERE);
      }
      ends(fetching, new ConnectionEnd.Failed(answer.failure().get()), false, false);
      return;
    }
    if (fetching.samplesFirst() && fetching.sendsRange() && fetching.film().isKnown()) {
      compares(fetching);
    } else {
      adopts(fetching);
    }
  }

  /** The response is the stored file, another one, or to be compared first. */
  private void adopts(Fetching fetching) {
    ExploredProvider.Answer answer = fetching.answer();
    Stored film = fetching.film();
    boolean hasRanges = world.provider().panel().ranges() && fetching.sendsRange();
    boolean isPart = fetching.start() > 0 || fetching.limit() < Long.MAX_VALUE;
    boolean isWholeForIfRange =
        hasRanges && isPart && film.isKnown() && differs(fetching) && fetching.sendsIfRange();
    if ((!hasRanges && isPart) || isWholeForIfRange) {
      world.mark(hasRanges ? Mark.WHOLE_FOR_IF_RANGE : Mark.WITHOUT_RANGES);
      WholeResponse response = isWholeForIfRange ? FOR_IF_RANGE : CONCLUSIVE;
      Whole whole = world.machine().withoutRanges(fetching.number(), response);
      if (whole == Whole.SUPERFLUOUS || whole == Whole.ASK_AGAIN) {
        ends(fetching, new ConnectionEnd.Closed(), false, false);
        return;
      }
      fetching.isWhole(whole == Whole.TO_THE_END);
    }
    long from = hasRanges && !isWholeForIfRange ? fetching.begin() : 0;
    if (from == 0 && !fetching.mayEndEarly()) {
      fetching.isWhole(/* toTheEnd= */ false);
    }
    boolean isDisputed = film.isKnown() && !answer.isOther() && differs(fetching);
    boolean isCompared = from == 0 && film.present().presentUntil(0) >= SAMPLE;
    if (isDisputed && isCompared) {
      world.mark(Mark.VALIDATORS_REFUTED);
      world.on(new AccountEvent.ValidatorsRefuted(film.link().key()));
    } else if (isDisputed && fetching.continues()) {
      world.mark(Mark.VALIDATORS_DIFFERED);
      world.on(new AccountEvent.ValidatorsDiffered(film.link().key()));
      ends(fetching, new ConnectionEnd.Closed(), false, false);
      return;
    }
    boolean isNew = !film.isKnown() || answer.isOther() || (isDisputed && !isCompared);
    if (isNew && !mayBegin(fetching)) {
      return;
    }
    if (isNew && from > 0) {
      doubts(fetching);
      return;
    }
    if (isNew) {
      if (film.isKnown()) {
        world.mark(Mark.ANOTHER_FILE);
        film.forget();
        fetching.isNoProgress();
      }
      film.isKnown(true);
      world.on(new AccountEvent.FileBegun(fetching.number()));
    }
    fetching.begins(from, world.now());
    Duration took = Duration.ofNanos((long) ((world.now() - fetching.openedAt()) * 1e9));
    world.on(new AccountEvent.ConnectionAnswered(fetching.number(), took));
  }

  /** Whether the validators of the response suggest another file than the stored one. */
  private boolean differs(Fetching fetching) {
    return world.provider().panel().quirks().otherValidators()
        && fetching.validators() == ValidatorUse.CHECKED;
  }

  /** Stored bytes were fetched again, since an earlier response had other validators. */
  private void compares(Fetching fetching) {
    if (fetching.answer().isOther()) {
      if (mayBegin(fetching)) {
        doubts(fetching);
      }
      return;
    }
    fetching.hasSampled(world.now());
    world.mark(Mark.VALIDATORS_REFUTED);
    world.on(new AccountEvent.ValidatorsRefuted(fetching.film().link().key()));
  }

  /** Whether the connection may replace the file; if not, it fails. */
  private boolean mayBegin(Fetching fetching) {
    boolean may = world.machine().mayBegin(fetching.number());
    if (!may) {
      ends(fetching, new ConnectionEnd.Failed(CHANGED), false, false);
    }
    return may;
  }

  private void doubts(Fetching fetching) {
    world.on(new AccountEvent.FileDoubted(fetching.number()));
    ends(fetching, new ConnectionEnd.Failed(CHANGED), false, false);
  }

  private void stores(Fetching fetching) {
    Stored film = fetching.film();
    ProviderTraits panel = world.provider().panel();
    long end = Math.min(fetching.limit(), film.length());
    long position = fetching.position();
    long count = Math.min((long) (panel.rate() * History.STEP), Math.max(0, end - position));
    boolean isCut = panel.cutAt() > position && position + count >= panel.cutAt();
    count = isCut ? panel.cutAt() - position : count;
    boolean isCapped = panel.cap() > 0 && fetching.received() + count >= panel.cap();
    count = isCapped ? panel.cap() - fetching.received() : count;
    if (world.isStoreFull()) {
      world.checks().storeRefused(film);
      ends(fetching, new ConnectionEnd.StoreRefused(), false, false);
      return;
    }
    if (count > 0) {
      long fresh = film.store(ByteRange.ofLength(position, count), /* isKept= */ true);
      boolean isFirst = fresh > 0 && !fetching.hasProgress();
      fetching.brings(count, fresh);
      if (isFirst && fetching.hasProgress()) {
        world.checks().progress(film);
        world.on(new AccountEvent.ConnectionProgressed(fetching.number()));
      }
    }
    end = Math.min(fetching.limit(), film.length());
    long presentUntil = film.present().presentUntil(fetching.position());
    boolean isFar = fetching.mayEndEarly() && presentUntil - fetching.position() > READ_OVER_BYTES;
    if (isCut) {
      ends(fetching, new ConnectionEnd.Failed(BROKEN), true, false);
    } else if (presentUntil >= end || isFar) {
      ends(fetching, new ConnectionEnd.Finished(), false, fetching.position() >= end);
    } else if (isCapped) {
      ends(fetching, new ConnectionEnd.Finished(), true, true);
    }
  }

  private void ends(Fetching fetching, ConnectionEnd end, boolean isShort, boolean isSpent) {
    connections.remove(fetching.number());
    world.provider().closed(fetching, world.now());
    world.givesSlot();
    world.on(
        new AccountEvent.ConnectionEnded(
            fetching.number(),
            /* hasStarted= */ true,
            end,
            new Brought(
                fetching.stored(),
                fetching.hasProgress(),
                fetching.wasWhole(),
                isSpent,
                isShort ? OptionalLong.of(fetching.received()) : OptionalLong.empty(),
                /* hasChangedTitle= */ fetching.stored() > 0)));
  }
}
