package streamcache.fill;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import streamcache.event.Event;
import streamcache.link.Link;
import streamcache.link.TitleKey;
import streamcache.media.Subtitle;
import streamcache.origin.OriginException;
import streamcache.store.Freshness;
import streamcache.store.Generation;
import streamcache.store.Store;
import streamcache.store.StoreException;
import streamcache.store.Title;

/**
 * Detects that the file of a complete title has changed at its provider. Checks in parallel with a
 * playback without delaying it; the next playback gets the new file (decision 0016). Owned by
 * {@link Fills}. Callable from any thread; the checks run on a few threads of its own.
 */
public final class Revalidation implements AutoCloseable {

  /** A stored file below this size may be a clip that says "not ready" or "limit"... */
  static final long CLIP_BYTES = 16L << 20;

  /** ...and so may one with a shorter duration than this... */
  static final Duration CLIP_TIME = Duration.ofMinutes(3);

  /** ...unless it is larger than any title of that duration. */
  static final long LONGEST_CLIP_BYTES = 1L << 30;

  /** Such a file is checked again by a playback after this time. */
  static final Duration CLIP_AGE = Duration.ofSeconds(30);

  /** The least time between two checks of a title that a player reloads. */
  static final Duration RELOAD_PAUSE = Duration.ofSeconds(5);

  /** The pause after a check that was skipped in favour of a player. */
  private static final Duration SKIPPED_PAUSE = Duration.ofSeconds(30);

  /** The pause after a check that gave no result; a clip is checked again sooner. */
  private static final Duration FAILED_PAUSE = Duration.ofMinutes(15);

  /** The time limit for all steps of a check; when it is exceeded, the check has failed. */
  private static final Duration CHECK_WITHIN = Duration.ofSeconds(20);

  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

  private static final int THREADS = 4;

  /** The most checks that wait for a thread; a check beyond this is left to a later playback. */
  private static final int MOST_WAITING = 64;

  private final Fills fills;
  private final Store store;
  private final Source source;
  private volatile Duration interval;
  private final Consumer<Event> events;
  private final InstantSource clock;
  private final ConcurrentMap<TitleKey, Succession> successions = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor checks =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          10,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          Thread.ofPlatform().daemon().name("revalidation ", 1).factory());

  Revalidation(
      Fills fills,
      Store store,
      Source source,
      Duration interval,
      Consumer<Event> events,
      InstantSource clock) {
    this.fills = fills;
    this.store = store;
    this.source = source;
    this.interval = interval;
    this.events = events;
    this.clock = clock;
    checks.allowCoreThreadTimeOut(true);
  }

  /** Checks are due after another time from now on. */
  void change(Duration after) {
    interval = after;
  }

  /**
   * Whether a request for a complete title needs {@link #earlier} and {@link #played}, and
   * therefore a thread. Costs a volatile read or two; never blocks.
   *
   * @param isReload whether its player refuses stale content
   */
  public boolean concerns(Title title, Generation generation, boolean isReload, long nowMillis) {
    boolean isToBeAsked = isOn() && (isReload || isDue(generation, nowMillis));
    return isToBeAsked || (!successions.isEmpty() && successions.containsKey(title.key()));
  }

  /**
   * A playback begins or continues: checks with the provider in parallel if a check is due. Never
   * blocks.
   *
   * @param isReload whether its player refuses stale content, and is allowed to
   */
  public void played(Generation generation, Wish wish, boolean isReload, long nowMillis) {
    if (!isOn() || !generation.isComplete()) {
      return;
    }
    Freshness freshness = generation.freshness();
    boolean isDue = isDue(generation, nowMillis) && freshness.begin(nowMillis, Duration.ZERO);
    if (!isDue && !(isReload && freshness.begin(nowMillis, RELOAD_PAUSE))) {
      return;
    }
    try {
      checks.execute(() -> {
        Optional<Checked> _ = check(generation, wish, isReload, nowMillis);
      });
    } catch (RejectedExecutionException _) {
      freshness.end(nowMillis + SKIPPED_PAUSE.toMillis());
      publish(wish, new Checked.Skipped());
    }
  }

  /**
   * Checks a complete title now, for its operator, with the agent that its account accepted last.
   * Does not begin beside another connection of the account, or another check of the title.
   *
   * @param link from the title's own sidecar: the server has fetched it before
   */
  public CompletableFuture<Checked> checkNow(Generation generation, Link link) {
    long nowMillis = clock.millis();
    if (!generation.isComplete() || !generation.freshness().begin(nowMillis, Duration.ZERO)) {
      return CompletableFuture.completedFuture(new Checked.Skipped());
    }
    Wish wish = fills.operatorsWish(link);
    try {
      return CompletableFuture.supplyAsync(
          () ->
              check(generation, wish, /* isReload= */ true, nowMillis)
                  .orElseGet(Checked.Skipped::new),
          checks);
    } catch (RejectedExecutionException _) {
      generation.freshness().end(nowMillis + SKIPPED_PAUSE.toMillis());
      return CompletableFuture.completedFuture(new Checked.Skipped());
    }
  }

  /**
   * The previous file, for a request in the middle of a playback of it.
   *
   * @param client the client that makes the request
   * @param begins whether the request is for the beginning of the title
   */
  public Optional<Held> earlier(TitleKey title, ClientId client, boolean begins) {
    return Optional.ofNullable(successions.get(title))
        .flatMap(succession -> succession.join(client, begins, System.nanoTime()));
  }

  private boolean isOn() {
    return interval.isPositive();
  }

  /** Whether a check is due, as far as can be determined without the disk. */
  private boolean isDue(Generation generation, long nowMillis) {
    if (!generation.freshness().isDue(nowMillis)) {
      return false;
    }
    long total = generation.total().orElse(0);
    boolean mayBeClip = total < LONGEST_CLIP_BYTES && !isSubtitle(generation);
    long due = dueAt(generation, mayBeClip, nowMillis);
    if (nowMillis < due) {
      generation.freshness().rest(due);
    }
    return nowMillis >= due;
  }

  /** A last check that lies in the future was made before the clock was set back. */
  private long dueAt(Generation generation, boolean isClip, long nowMillis) {
    long confirmed = generation.freshness().confirmed() * 1000;
    return Math.min(confirmed, nowMillis) + age(isClip).toMillis();
  }

  private Duration age(boolean isClip) {
    return isClip ? shorter(CLIP_AGE, interval) : interval;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Empty if no check is due after all. */
  private Optional<Checked> check(
      Generation generation, Wish wish, boolean isReload, long nowMillis) {
    long next = nowMillis + FAILED_PAUSE.toMillis();
    try {
      boolean isClip = isClip(generation);
      long due = dueAt(generation, isClip, nowMillis);
      if (!isReload && nowMillis < due) {
        next = due;
        return Optional.empty();
      }
      generation.freshness().asks(nowMillis);
      Checked outcome = checked(generation, wish);
      long now = clock.millis();
      next =
          now
              + switch (outcome) {
                case Checked.Unchanged _, Checked.Changed _ -> age(isClip).toMillis();
                case Checked.Failed _ -> shorter(FAILED_PAUSE, age(isClip)).toMillis();
                case Checked.Skipped _ -> SKIPPED_PAUSE.toMillis();
              };
      if (outcome instanceof Checked.Unchanged) {
        generation.confirmed(now / 1000);
      }
      publish(wish, outcome);
      return Optional.of(outcome);
    } finally {
      generation.freshness().end(next);
    }
  }

  private void publish(Wish wish, Checked outcome) {
    events.accept(new FillEvent.TitleChecked(wish.link().key(), wish.link().account(), outcome));
  }

  /**
   * Whether the stored file is a clip. Where its size does not decide, the head of the file gives
   * its duration.
   */
  private static boolean isClip(Generation generation) {
    long total = generation.total().orElse(0);
    if (isSubtitle(generation)) {
      return false;
    }
    if (total < CLIP_BYTES || total >= LONGEST_CLIP_BYTES) {
      return total < CLIP_BYTES;
    }
    HeadLook look = new HeadLook();
    look.atStored(generation);
    return look.bitrate().isShorterThan(CLIP_TIME);
  }

  /** It is short because it is a text, and no clip. */
  private static boolean isSubtitle(Generation generation) {
    return Subtitle.isType(generation.facts().contentType());
  }

  private Checked checked(Generation generation, Wish wish) {
    try (Title title = store.title(wish.link().key())) {
      Optional<FileCheck.Finding> finding =
          fills.sideQuery(
              wish.link(),
              QueryPurpose.REVALIDATION,
              (call, closes) -> {
                CompletableFuture.delayedExecutor(
                        CHECK_WITHIN.toMillis(), TimeUnit.MILLISECONDS, Thread::startVirtualThread)
                    .execute(call::cancel);
                boolean sendsRange = fills.sendsRange(wish.link());
                return new FileCheck(source, generation, wish, call, sendsRange, closes)
                    .ask(fills.validators(wish.link()));
              });
      return finding
          .map(found ->
              switch (found) {
                case FileCheck.Finding.Same same -> unchanged(wish, same);
                case FileCheck.Finding.Other other -> succeed(title, generation, wish, other);
              })
          .orElseGet(Checked.Skipped::new);
    } catch (OriginException e) {
      return new Checked.Failed(e.failure());
    }
  }

  /** Equal bytes with another validator show what the validators of the account are worth. */
  private Checked unchanged(Wish wish, FileCheck.Finding.Same same) {
    if (same.hasOtherValidator()) {
      fills.refuted(wish.link());
    }
    return new Checked.Unchanged();
  }

  /**
   * The new file replaces the old one, unless the old one was replaced or is no longer complete.
   */
  private Checked succeed(
      Title title, Generation before, Wish wish, FileCheck.Finding.Other other) {
    boolean isStillThere = title.generation().filter(now -> now == before).isPresent();
    if (!isStillThere || !before.isComplete()) {
      return new Checked.Skipped();
    }
    @Nullable Succession earlier =
        successions.put(title.key(), new Succession(before, System.nanoTime()));
    if (earlier != null) {
      earlier.end();
    }
    fills.wake();
    Generation fresh = title.begin(source.facts(other.facts(), wish.link(), other.first()));
    try {
      fresh.write(0, other.first());
    } catch (StoreException _) {
      // Reported to the store's listener; the next playback fetches or passes it.
    }
    return new Checked.Changed(before.total(), fresh.total());
  }

  /** Whether {@link #tick} has something to look after. */
  boolean isBusy() {
    return !successions.isEmpty();
  }

  /** Called a few times a second: releases files that are no longer played. */
  void tick() {
    if (!successions.isEmpty()) {
      long now = System.nanoTime();
      successions.values().removeIf(succession -> succession.isOver(now));
    }
  }

  /** To be called when no check can reach a provider any more. */
  @Override
  public void close() {
    checks.getQueue().clear();
    checks.shutdown();
    try {
      boolean _ = checks.awaitTermination(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    successions.values().forEach(Succession::end);
    successions.clear();
  }
}
