package streamcache.testkit.soak;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import streamcache.testkit.Answer;
import streamcache.testkit.Content;
import streamcache.testkit.Cut;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.Script.Ranges;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.StreamLimit;
import streamcache.testkit.process.ServerProcess;

/**
 * Random players on a few titles of one account, whose provider has random faults and bans the
 * account when it exceeds its connection limit by one; beside them {@link WildProviders}, a panel
 * with {@link TwoNames} and a {@link SoakChannel}. At the end every byte of every title is correct,
 * no provider was asked for more than was played, and the process holds no more threads and
 * descriptors than before. Used by one thread.
 */
public final class Soak implements AutoCloseable {

  /** The connection limit of the account, which the product must be configured with. */
  public static final int CONNECTIONS = 2;

  /** Together more than {@link #CACHE_BYTES}, so that titles are evicted, too. */
  private static final int TITLES = 5;

  private static final long MIB = 1 << 20;

  /**
   * The most requests for one title to the faulty provider: each fault costs a request, and so does
   * a seek.
   */
  private static final int MOST_REQUESTS = 900;

  /** The maximum size of the cache. */
  public static final String CACHE_BYTES = "64MiB";

  private static final int PLAYERS = 8;

  /**
   * The back-off after a failure ends within half a minute; each attempt itself also waits for a
   * while.
   */
  private static final int TRIES = 30;

  /** Threads and descriptors that come and go independently of the test. */
  private static final int SLACK = 8;

  /** Descriptors of wild providers: 27 more in each run, however much was played. */
  private static final int SLACK_OF_WILD = 2 * 17;

  /** A film and the link to request it. */
  record Title(String path, Content content, String link) {}

  /** The resources that the process holds. */
  private record Held(int threads, int descriptors) {
    static Held of(ServerProcess process) {
      return new Held(process.threads(), process.openDescriptors());
    }

    boolean isWithin(Held before) {
      return threads <= before.threads + SLACK
          && descriptors <= before.descriptors + SLACK + SLACK_OF_WILD;
    }
  }

  private final long seed;
  private final ScriptedOrigin provider =
      ScriptedOrigin.start().allow(MOST_REQUESTS, "eight players and random troubles");

  /** Is asked no more often than any other provider, although it makes no progress. */
  private final ScriptedOrigin wild = ScriptedOrigin.start();

  private final StreamLimit budget = StreamLimit.of(CONNECTIONS, 458).banAfter(1);
  private final Troubles troubles;
  private final List<Title> titles = new ArrayList<>();
  private final List<Title> wildTitles = new ArrayList<>();
  private final WildProviders wildProviders;
  private final TwoNames twoNames;
  private final SoakChannel channel;
  private final SoakTally tally = new SoakTally();

  /**
   * @param link creates the target of a link from a URL
   */
  public Soak(long seed, UnaryOperator<String> link) {
    this.seed = seed;
    this.troubles = new Troubles(seed);
    provider.budget(budget);
    for (int i = 0; i < TITLES; i++) {
      String path = "/movie/joe/secret/" + i + ".mkv";
      Content content = Content.of(seed + i, 16 * MIB + 1000L * i + 7);
      Script film = Script.of(content).pace(24 * MIB);
      Script bare = film.etag(null).lastModified(null);
      Script plain = i % 2 == 0 ? film : i == 1 ? bare : bare.cap(2 * MIB);
      provider.on(path, wire -> wire.play(troubles.next(plain)));
      titles.add(new Title(path, content, link.apply(provider.url(path))));
    }
    Content content = Content.of(seed + TITLES, 4 * MIB + 7);
    Script bare = Script.of(content).etag(null).lastModified(null);
    wild.serve("/short.mkv", bare.ranges(Ranges.IGNORED).cutAfter(2 * MIB, Cut.FIN));
    wild.serve("/endless.mkv", bare.totalUnknown());
    for (String path : List.of("/short.mkv", "/endless.mkv")) {
      wildTitles.add(new Title(path, content, link.apply(wild.url(path))));
    }
    wildProviders = new WildProviders(seed, link);
    twoNames = new TwoNames(seed, link);
    channel = new SoakChannel(link);
  }

  /**
   * Runs it.
   *
   * @return what happened, in words
   * @throws AssertionError if a guarantee was broken
   */
  public String run(InetSocketAddress product, ServerProcess process, Duration time)
      throws IOException, InterruptedException {
    readAll(product, wildProviders.titles());
    readAll(product, twoNames.titles());
    readAll(product, titles);
    Held before = settled(process, new Held(Integer.MAX_VALUE - SLACK, Integer.MAX_VALUE - SLACK));
    troubles.begin();
    rage(product, time);
    troubles.end();
    readAll(product, titles);
    readAll(product, wildProviders.titles());
    readAll(product, twoNames.titles());
    List<String> wildStory = List.of(wildProviders.check(tally), twoNames.check(), channel.check());
    Held after = settled(process, before);
    String story =
        "seed %d: %s, %d requests and %d MiB upstream, held before %s and after %s"
                .formatted(
                    seed,
                    tally,
                    provider.requests().size(),
                    provider.bodyBytes() >> 20,
                    before,
                    after)
            + ", %d and %d for wild titles"
                .formatted(wild.requests("/short.mkv").size(), wild.requests("/endless.mkv").size())
            + ", "
            + String.join(", ", wildStory);
    if (budget.refusals() > 0) {
      throw new AssertionError("one connection too many was opened; " + story);
    }
    if (!after.isWithin(before)) {
      throw new AssertionError("something is held for good; " + story);
    }
    return story;
  }

  private void rage(InetSocketAddress product, Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> players = new ArrayList<>();
      List<Title> usual = new ArrayList<>(titles);
      usual.addAll(wildTitles);
      List<Title> others = new ArrayList<>(wildProviders.titles());
      others.addAll(twoNames.titles());
      for (int i = 0; i < PLAYERS; i++) {
        RandomPlayer player = new RandomPlayer(product, usual, others, tally, seed * 31 + i);
        players.add(threads.submit(() -> playUntil(player, end)));
      }
      players.add(threads.submit(() -> watchUntil(product, end)));
      for (Future<?> player : players) {
        player.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError("a player of the soak with seed " + seed, e.getCause());
    }
  }

  private static Object playUntil(RandomPlayer player, long end) throws IOException {
    while (System.nanoTime() - end < 0) {
      player.play();
    }
    return player;
  }

  private Object watchUntil(InetSocketAddress product, long end) throws IOException {
    Random random = new Random(seed);
    while (System.nanoTime() - end < 0) {
      channel.watch(product, random);
    }
    return channel;
  }

  /**
   * Reads every byte of every title, with as many attempts as back-off after failures may require.
   */
  private void readAll(InetSocketAddress product, List<Title> some) throws IOException {
    for (Title title : some) {
      Answer answer = read(product, title);
      for (int i = 0; i < TRIES && !isWhole(answer); i++) {
        pause();
        answer = read(product, title);
      }
      answer.check(title.content(), 0, title.content().length());
    }
  }

  private Answer read(InetSocketAddress product, Title title) throws IOException {
    tally.began(title.link());
    return RawClient.get(product, title.link());
  }

  private static boolean isWhole(Answer answer) {
    return answer.status() == 200 && answer.endedCleanly();
  }

  /** Returns what the process holds once it is as little as before, or after a while. */
  private Held settled(ServerProcess process, Held before) {
    provider.awaitIdle();
    Held held = Held.of(process);
    for (int i = 0; i < TRIES && (i < 8 || !held.isWithin(before)); i++) {
      pause();
      held = Held.of(process);
    }
    return held;
  }

  private void pause() {
    boolean _ = provider.isRequestedWithin(Duration.ofSeconds(1), "/never", 1);
  }

  @Override
  public void close() {
    try (provider;
        wildProviders;
        twoNames;
        channel) {
      wild.close();
    }
  }
}
