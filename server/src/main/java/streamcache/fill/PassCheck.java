package streamcache.fill;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import streamcache.fill.PassMemory.GivenUpResponse;
import streamcache.origin.Facts;
import streamcache.origin.Failure;
import streamcache.origin.OriginException;
import streamcache.origin.Upstream;
import streamcache.schedule.ValidatorUse;
import streamcache.store.Generation;

/**
 * Compares the response of a pass with the bytes before it, because validators do not show whether
 * it is of the same file. The response begins {@link PassMemory#BYTES} before the place at which
 * the pass is needed, and is compared there with stored bytes and with those that the player was
 * given; behind that place, with the response that was given up. Used once, by the playback's
 * thread; blocks on the network, and on the disk through a thread of its own.
 *
 * @param generation the stored file
 */
record PassCheck(Generation generation, PassMemory memory) {

  /**
   * What the comparison has shown.
   *
   * @param bytes the beginning of the response, which was read
   * @param isRefuted whether the same bytes came with other validators
   */
  record Finding(ByteBuffer bytes, boolean isRefuted) {}

  /**
   * Where a pass begins that is needed from {@code position} on.
   *
   * @param validators what those of its response are taken to show
   */
  long start(ValidatorUse validators, long position) {
    boolean isComparable =
        position > 0 && (memory.endsAt(position) || generation.present().contains(position - 1));
    boolean isCompared =
        validators == ValidatorUse.DISPUTED || (validators == ValidatorUse.IGNORED && isComparable);
    return isCompared ? Math.max(0, position - PassMemory.BYTES) : position;
  }

  /** Keeps the beginning of a response that is given up. */
  void giveUp(Upstream answer) throws OriginException {
    ByteBuffer bytes = read(answer, PassMemory.BYTES);
    memory.gaveUp(new GivenUpResponse(answer.facts(), answer.start(), bytes));
  }

  /**
   * Compares as much as there is, for an account whose validators mean nothing.
   *
   * @throws OriginException Changed if the response is of another file
   */
  ByteBuffer compareOverlap(Upstream answer) throws OriginException {
    ByteBuffer bytes = read(answer, PassMemory.BYTES);
    var _ = equal(answer, bytes, Optional.empty());
    return bytes;
  }

  /**
   * Compares, to learn whether validators of the account mean anything.
   *
   * @throws OriginException Changed if the response is of another file, or if nothing shows that it
   *     is not
   */
  Finding compare(Upstream answer) throws OriginException {
    ByteBuffer bytes = read(answer, 2 * PassMemory.BYTES);
    Optional<GivenUpResponse> givenUp = memory.takeGivenUp();
    boolean isVouched = SpliceGuard.isVouched(generation, answer.facts(), ValidatorUse.CHECKED);
    if (isVouched) {
      return new Finding(bytes, /* isRefuted= */ false);
    }
    if (equal(answer, bytes, givenUp) < SampleCheck.enough(generation)) {
      throw changed("the validator differs");
    }
    return new Finding(bytes, /* isRefuted= */ true);
  }

  /** How many bytes are equal to others that are known. */
  private int equal(Upstream answer, ByteBuffer bytes, Optional<GivenUpResponse> givenUp)
      throws OriginException {
    int given = memory.equal(answer.start(), bytes);
    int stored = given < 0 ? 0 : stored(answer.start(), bytes);
    int other = givenUp.map(before -> equal(answer, bytes, before)).orElse(0);
    if (given < 0 || stored < 0 || other < 0) {
      throw changed("the bytes differ");
    }
    return Math.max(given, stored) + other;
  }

  /** Two responses with one validator may both be of another file than the stored one. */
  private static int equal(Upstream answer, ByteBuffer bytes, GivenUpResponse before) {
    int equal = PassMemory.equal(answer.start(), bytes, before.start(), before.bytes());
    return equal > 0 && !haveOtherValidators(answer.facts(), before.facts()) ? 0 : equal;
  }

  private static boolean haveOtherValidators(Facts one, Facts other) {
    boolean haveTags = one.strongValidator().isPresent() && other.strongValidator().isPresent();
    return haveTags
        ? !one.strongValidator().equals(other.strongValidator())
        : one.lastModified().isPresent()
            && other.lastModified().isPresent()
            && !one.lastModified().equals(other.lastModified());
  }

  /** How many stored bytes are equal; -1 if any differ. A virtual thread must not read a file. */
  private int stored(long start, ByteBuffer bytes) throws OriginException {
    FutureTask<Integer> comparison =
        new FutureTask<>(() -> {
          OverlapCheck check =
              new OverlapCheck(generation, /* isVouched= */ false, PassMemory.BYTES);
          return check.fits(start, bytes) ? (int) check.equal() : -1;
        });
    Thread.ofPlatform().daemon().name("pass comparison").start(comparison);
    try {
      return comparison.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw changed("interrupted");
    } catch (ExecutionException e) {
      throw new IllegalStateException("a comparison failed", e);
    }
  }

  private static ByteBuffer read(Upstream answer, int most) throws OriginException {
    // Direct, as the store requires.
    ByteBuffer bytes = ByteBuffer.allocateDirect(most);
    int count = 0;
    while (count >= 0 && bytes.hasRemaining()) {
      count = answer.read(bytes);
    }
    return bytes.flip();
  }

  private static OriginException changed(String detail) {
    return new OriginException(new Failure.Changed(OptionalInt.empty(), detail));
  }
}
