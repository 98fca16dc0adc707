package streamcache.fill;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import streamcache.link.Link;
import streamcache.origin.Call;
import streamcache.origin.Facts;
import streamcache.origin.Failure;
import streamcache.origin.Fetch;
import streamcache.origin.OriginException;
import streamcache.origin.Upstream;
import streamcache.schedule.ValidatorUse;
import streamcache.store.Generation;

/**
 * Checks whether a provider still has the file of a complete title. It requests one byte, and the
 * first and the last 64 KiB only where neither length nor validators decide. Used once, by one
 * platform thread; blocks on the network and the disk.
 */
final class FileCheck {

  /** Bytes compared at either end of a file; if they are equal, it is the stored one. */
  private static final long SAMPLE_BYTES = 64 * 1024;

  /** The file that the provider has. */
  sealed interface Finding {

    /**
     * The file that is stored.
     *
     * @param hasOtherValidator whether its bytes came with another validator than the stored one
     */
    record Same(boolean hasOtherValidator) implements Finding {}

    /**
     * Another file, which was verified to be media.
     *
     * @param first its first bytes
     */
    record Other(Facts facts, ByteBuffer first) implements Finding {}
  }

  /** Bytes of the provider's file, and what the response says about the whole. */
  private record Sample(Facts facts, long start, ByteBuffer bytes) {}

  private final Source source;
  private final Generation stored;
  private final Wish wish;
  private final Call call;
  private final boolean sendsRange;
  private final boolean closes;
  private final long total;

  /**
   * @param stored the stored generation, which is complete
   * @param wish the request on whose behalf the check runs
   * @param sendsRange whether requests carry a Range; if not, the end of the file is not compared
   * @param closes whether connections must not be kept alive for another request
   */
  FileCheck(
      Source source, Generation stored, Wish wish, Call call, boolean sendsRange, boolean closes) {
    this.source = source;
    this.stored = stored;
    this.wish = wish;
    this.call = call;
    this.sendsRange = sendsRange;
    this.closes = closes;
    this.total = stored.total().orElseThrow();
  }

  /**
   * @param validators what the validators of the provider's responses are taken to show
   */
  Finding ask(ValidatorUse validators) throws OriginException {
    if (!validators.vouches()) {
      return compared(validators);
    }
    Optional<Facts> told = told();
    return told.isEmpty() || isVouched(told.get())
        ? new Finding.Same(/* hasOtherValidator= */ false)
        : compared(validators);
  }

  /** The facts from a request for a single byte; empty for "unchanged". */
  private Optional<Facts> told() throws OriginException {
    Optional<Upstream> answer =
        source.openIfChanged(fetch(0, 1, stored.facts().strongValidator()), call);
    if (answer.isEmpty()) {
      return Optional.empty();
    }
    try (Upstream open = answer.get()) {
      if (open.length().equals(OptionalLong.of(1))) {
        // Reads to the end, so that the connection is not cut for one byte.
        int _ = open.read(ByteBuffer.allocate(1));
      }
      return Optional.of(open.facts());
    }
  }

  private boolean isVouched(Facts answer) {
    ValidatorUse trusted = ValidatorUse.TRUSTED;
    if (!answer.total().equals(stored.total())) {
      return answer.total().isEmpty() && SpliceGuard.isVouched(stored, answer, trusted);
    }
    Optional<String> date = stored.facts().lastModified();
    boolean haveTags =
        stored.facts().strongValidator().isPresent() && answer.strongValidator().isPresent();
    return haveTags
        ? SpliceGuard.isVouched(stored, answer, trusted)
        : date.isPresent() && date.equals(answer.lastModified());
  }

  /**
   * Where each edge server makes its own validators, they differ for the same bytes. The bytes
   * decide.
   */
  private Finding compared(ValidatorUse validators) throws OriginException {
    Sample head = sample(0, Math.min(total, SAMPLE_BYTES));
    OptionalLong now = head.facts().total();
    if (SpliceGuard.isStub(stored.total(), now)) {
      throw new OriginException(
          new Failure.Fake(OptionalInt.empty(), "far shorter than the known length of the title"));
    }
    boolean isOther =
        (now.isPresent() && now.getAsLong() != total)
            || !stored.agrees(0, head.bytes())
            || !isSameTail(now);
    return isOther
        ? new Finding.Other(head.facts(), head.bytes())
        : new Finding.Same(
            head.bytes().remaining() >= SampleCheck.enough(stored)
                && SpliceGuard.isDisputed(stored, head.facts(), validators));
  }

  /**
   * Whether the file ends as the stored one does.
   *
   * @param now its length; where that is not stated, a byte after the end would show that the file
   *     grew
   */
  private boolean isSameTail(OptionalLong now) throws OriginException {
    long start = Math.max(0, total - SAMPLE_BYTES);
    if (start == 0 && now.isPresent()) {
      return true;
    }
    Sample tail = sample(start, now.isPresent() ? total : total + 1);
    if (tail.start() != start) {
      return true; // The provider ignores ranges: the beginning decides.
    }
    return tail.bytes().remaining() == total - start && stored.agrees(start, tail.bytes());
  }

  private Sample sample(long start, long end) throws OriginException {
    try (Upstream open = source.open(fetch(start, end, Optional.empty()), call)) {
      // Direct, as the store requires.
      ByteBuffer bytes = ByteBuffer.allocateDirect((int) (end - start));
      int count = 0;
      while (count >= 0 && bytes.hasRemaining()) {
        count = open.read(bytes);
      }
      return new Sample(open.facts(), open.start(), bytes.flip());
    }
  }

  private Fetch fetch(long start, long end, Optional<String> unlessMatches) {
    Link link = wish.link();
    Map<String, String> headers = wish.playerHeaders();
    return new Fetch(
        link,
        start,
        OptionalLong.of(end),
        /* ifRange= */ Optional.empty(),
        unlessMatches,
        headers,
        wish.isTrusted(),
        sendsRange,
        closes);
  }
}
