package streamcache.bench;

import java.nio.ByteBuffer;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import streamcache.clip.Card;
import streamcache.clip.Clip;

/**
 * Measures how long a viewer waits for the clip, from a card that was never drawn before to the
 * first bytes: the first time in a process, and later. Started by {@code bench/clip}; needs nothing
 * else.
 */
public final class ClipBench {

  private static final int WARM_UP = 400;
  private static final int ROUNDS = 201;

  /** What a player requests first: the index and some of the picture. */
  private static final int FIRST_BYTES = 256 * 1024;

  private ClipBench() {}

  /** Prints one line; takes no arguments. */
  public static void main(String[] arguments) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(FIRST_BYTES);
    double first = millis(0, buffer);
    double second = millis(1, buffer);
    for (int i = 2; i < WARM_UP; i++) {
      millis(i, buffer);
    }
    Series fresh = new Series();
    for (int i = WARM_UP; i < WARM_UP + ROUNDS; i++) {
      fresh.add(millis(i, buffer));
    }
    System.out.printf(
        Locale.ROOT,
        "clip of a fresh card to its first %d KiB: first in the process %.0f ms, second %.0f ms,"
            + " warm %.1f ms (median of %d)%n",
        FIRST_BYTES / 1024,
        first,
        second,
        fresh.median(),
        ROUNDS);
    System.out.printf(Locale.ROOT, "bytes at line speed: %.2f GB/s%n", readRate(buffer));
  }

  private static double millis(int number, ByteBuffer buffer) {
    long begun = System.nanoTime();
    Clip.of(card(number)).read(0, buffer.clear());
    return (System.nanoTime() - begun) / 1e6;
  }

  private static double readRate(ByteBuffer buffer) {
    Clip clip = Clip.of(card(0));
    long begun = System.nanoTime();
    long at = 0;
    while (at < clip.length()) {
      clip.read(at, buffer.clear());
      at += buffer.position();
    }
    return clip.length() / 1e9 / ((System.nanoTime() - begun) / 1e9);
  }

  private static Card card(int number) {
    return new Card(
        "The Cabinet of Dr. Caligari (1920) " + number + ".mkv",
        "provider.example",
        "The account is in use elsewhere",
        "The provider allows no further connection now; stop another playback or try again in a"
            + " minute.",
        List.of("Requested in Seerr"),
        ZonedDateTime.now(ZoneOffset.UTC),
        "request" + number,
        Card.STANDARD_LENGTH);
  }
}
