package streamcache.testkit.soak;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import streamcache.testkit.Answer;
import streamcache.testkit.AnswerHead;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.RawClient;

/** Plays, seeks, probes, pauses and leaves at random from a seed. Used by one thread. */
final class RandomPlayer {

  private static final int MIB = 1 << 20;

  /**
   * A connection that stalls is given up after 30 s where the rest cannot be resumed, and the next
   * one may stall as well.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(70);

  private final InetSocketAddress product;
  private final List<Soak.Title> titles;
  private final List<Soak.Title> wild;
  private final SoakTally tally;
  private final Random random;

  /**
   * @param titles of which every other playback is one
   * @param wild of which the others are one
   */
  RandomPlayer(
      InetSocketAddress product,
      List<Soak.Title> titles,
      List<Soak.Title> wild,
      SoakTally tally,
      long seed) {
    this.product = product;
    this.titles = titles;
    this.wild = wild;
    this.tally = tally;
    this.random = new Random(seed);
  }

  /**
   * Plays once.
   *
   * @throws AssertionError if a byte was wrong, or a response did not end
   */
  void play() throws IOException {
    List<Soak.Title> some = random.nextBoolean() ? titles : wild;
    Soak.Title title = some.get(random.nextInt(some.size()));
    tally.began(title.link());
    long length = title.content().length();
    long from = random.nextLong(length);
    switch (random.nextInt(10)) {
      case 0, 1 -> watch(title, "", length);
      case 2, 3 -> watch(title, "", random.nextInt(4 * MIB));
      case 4, 5, 6 -> watch(title, RawClient.rangeFrom(from), random.nextInt(3 * MIB));
      case 7 -> watch(title, "Range: bytes=-" + (1 + random.nextInt(200_000)), length);
      case 8 -> {
        long to = Math.min(length, from + 1 + random.nextInt(MIB));
        watch(title, RawClient.range(from, to), length);
      }
      default -> {
        Answer answer = RawClient.head(product, title.link());
        tally.ended("head " + answer.status(), 0);
      }
    }
  }

  /** Reads this many bytes, or to the end, with occasional pauses, and leaves. */
  private void watch(Soak.Title title, String header, long most) throws IOException {
    String[] headers = header.isEmpty() ? new String[0] : new String[] {header};
    try (CheckedStream stream =
        RawClient.connect(product).patience(PATIENCE).stream(
            title.link(), title.content(), headers)) {
      try {
        read(stream, title, most);
      } catch (AssertionError broken) {
        String request = "%s, '%s', %s".formatted(title.path(), header, stream);
        throw new AssertionError(
            Instant.now() + ": " + request + ": " + broken.getMessage(), broken);
      }
    }
  }

  private void read(CheckedStream stream, Soak.Title title, long most) throws IOException {
    Optional<AnswerHead> head = stream.headUnlessReset();
    if (head.isEmpty() || head.get().status() / 100 != 2) {
      tally.ended(head.map(answer -> "status " + answer.status()).orElse("RESET"), 0);
      return;
    }
    if (random.nextInt(4) == 0) {
      stream.pauseAt(random.nextInt(MIB));
      boolean _ = stream.hasBytesWithin(Duration.ofMillis(random.nextInt(2000)), Long.MAX_VALUE);
      stream.resume();
    }
    if (most < title.content().length()) {
      boolean _ = stream.hasBytesWithin(Duration.ofSeconds(20), most);
      stream.reset();
    }
    BodyEnd ending = stream.awaitEnd();
    tally.ended(ending == BodyEnd.CLEAN ? "clean" : ending.toString(), stream.bytes());
  }
}
