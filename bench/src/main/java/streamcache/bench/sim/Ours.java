package streamcache.bench.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import streamcache.fill.AccountState.TitleState;
import streamcache.fill.Action;
import streamcache.fill.Decision;
import streamcache.link.TitleKey;
import streamcache.range.ByteRange;

/**
 * The product: its decision, asked at the same events as {@code fill.Account} asks it, about what
 * {@link Knowledge} says.
 */
final class Ours implements Policy {

  private static final long RANGE_TEE_THRESHOLD = 20L << 20;

  /** As {@code fill.Connection} reads over. */
  private static final long READ_OVER_BYTES = 512 << 10;

  private static final double TICK = 0.25;
  private static final double DEBOUNCE = Decision.DEBOUNCE.toMillis() / 1e3 + Clock.STEP;

  /** A player without a first byte is told so after this, one that waits in mid-play later. */
  private static final double ANSWER_WITHIN = 8;

  private static final double FOLLOWER_WAIT_MAX = 60;

  /** A few writes of a connection. */
  private static final long NEXT_BYTES = 1 << 20;

  /** More rounds than this at one moment are a decision that does not settle. */
  private static final int MOST_ROUNDS = 20;

  private final World world;
  private final Knowledge knowledge;
  private final boolean sharesLine;
  private final Decision decision = new Decision(RANGE_TEE_THRESHOLD);
  private final Map<TitleKey, Copy> titles = new LinkedHashMap<>();
  private final Map<TitleKey, Double> watchedSince = new HashMap<>();
  private final Set<TitleKey> admitted = new HashSet<>();
  private final List<Double> alarms = new ArrayList<>();
  private boolean due;
  private double nextTick;

  private Ours(World world, Knowledge knowledge, boolean sharesLine) {
    this.world = world;
    this.knowledge = knowledge;
    this.sharesLine = sharesLine;
  }

  /** Whoever comes when the line carries no further film is held. */
  static Ours holding(World world, Knowledge knowledge) {
    return new Ours(world, knowledge, /* sharesLine= */ false);
  }

  /** Everybody begins at once. */
  static Ours sharing(World world, Knowledge knowledge) {
    return new Ours(world, knowledge, /* sharesLine= */ true);
  }

  @Override
  public void asked(Request request) {
    titles.putIfAbsent(request.copy().key(), request.copy());
    watchedSince.putIfAbsent(request.copy().key(), world.now());
    if (!isAdmitted(request.copy())) {
      request.hold();
    }
    blocked(request);
    due = true;
  }

  @Override
  public void left(Request request) {
    due = true;
  }

  @Override
  public void blocked(Request request) {
    boolean comes =
        world.downloads().stream()
            .filter(download -> download.copy() == request.copy() && !download.isClosing())
            .anyMatch(download -> comes(download, request.position()));
    if (!comes) {
      due = true;
      alarms.add(world.now() + DEBOUNCE);
    }
  }

  private static boolean comes(Download download, long position) {
    return download.state() == Download.State.RUNNING
        && download.position() <= position
        && position < download.limit()
        && position - download.position() <= NEXT_BYTES;
  }

  @Override
  public void answered(Download download) {
    for (Download other : world.downloads()) {
      if (other.copy() == download.copy()
          && other != download
          && other.position() <= download.start()) {
        other.limit(download.start());
      }
    }
    knowledge.answered(download);
    due = true;
  }

  @Override
  public void ended(Download download) {
    knowledge.ended(download).ifPresent(pause -> alarms.add(world.now() + pause));
    due = true;
  }

  @Override
  public void step() {
    double now = world.now();
    if (now >= nextTick) {
      nextTick = now + TICK;
      knowledge.tick();
      due = true;
    }
    due |= alarms.removeIf(at -> at <= now);
    if (due) {
      due = false;
      answerInTime(now);
      decide();
    }
  }

  private void answerInTime(double now) {
    for (Request request : List.copyOf(world.requests())) {
      boolean first = request.isUnanswered() && !isServed(request);
      double most = first ? ANSWER_WITHIN : FOLLOWER_WAIT_MAX;
      if (request.waits(now).orElse(0) > most) {
        request.fail();
      }
    }
  }

  private boolean isServed(Request request) {
    return world.downloads().stream()
        .filter(download -> download.copy() == request.copy())
        .anyMatch(download ->
            download.state() == Download.State.RUNNING
                && download.position() <= request.position());
  }

  private void decide() {
    titles.values().removeIf(copy -> copy.isComplete() && !isUsed(copy));
    for (int round = 0; round < MOST_ROUNDS; round++) {
      List<TitleState> states = titles.values().stream().map(this::state).toList();
      List<Action> actions = decision.decide(knowledge.state(states));
      if (actions.isEmpty()) {
        return;
      }
      actions.forEach(this::apply);
    }
    throw new IllegalStateException("the decision does not settle");
  }

  private boolean isUsed(Copy copy) {
    return world.requests().stream().anyMatch(request -> request.copy() == copy)
        || world.downloads().stream().anyMatch(download -> download.copy() == copy);
  }

  private boolean isAdmitted(Copy copy) {
    return sharesLine || admitted.contains(copy.key());
  }

  private TitleState state(Copy copy) {
    return knowledge.state(
        copy,
        world.now() - watchedSince.getOrDefault(copy.key(), world.now()),
        isAdmitted(copy),
        world.requests().stream()
            .filter(request -> request.copy() == copy && !request.isFailed())
            .toList(),
        world.downloads().stream().filter(download -> download.copy() == copy).toList());
  }

  private void apply(Action action) {
    switch (action) {
      case Action.Open open -> {
        Copy copy = titles.get(open.title());
        if (copy == null) {
          throw new IllegalStateException("decided about a title that is not there");
        }
        knowledge.opened();
        world.open(copy, new ByteRange(open.start(), open.end()), READ_OVER_BYTES);
      }
      case Action.Admit(TitleKey title) -> {
        admitted.add(title);
        world.requests().stream()
            .filter(request -> request.copy().key().equals(title))
            .forEach(Request::admit);
      }
      case Action.Close close ->
          world.downloads().stream()
              .filter(download -> download.id() == close.connection())
              .forEach(Download::close);
    }
  }
}
