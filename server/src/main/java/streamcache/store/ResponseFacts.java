package streamcache.store;

import java.util.OptionalLong;

/**
 * What the provider's response that began a generation said about itself, not about the file. Kept
 * beside the facts of the file, so that responses are the same after a restart.
 *
 * @param date its Date, in epoch seconds; empty if it had none
 * @param age its Age in seconds: how old it was already when it arrived (RFC 9111 section 5.1)
 * @param hasRanges whether it showed that ranges of the file can be requested
 */
public record ResponseFacts(OptionalLong date, long age, boolean hasRanges) {

  /** Of a response that was stored before these facts were kept. */
  public static final ResponseFacts UNKNOWN =
      new ResponseFacts(OptionalLong.empty(), /* age= */ 0, /* hasRanges= */ false);
}
