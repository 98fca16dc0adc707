package streamcache.settings;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * How titles are fetched.
 *
 * @param rangeTeeThreshold an opening request that starts at or below this offset, in bytes, starts
 *     the fill at 0; one beyond fetches its own range first
 * @param followerWaitMax longest time without a new byte before a follower gives up
 * @param answerWithin longest time until a player gets an answer or an honest status, unless the
 *     provider is visibly still answering
 * @param placeWaitMax the same while a connection is in sight: one comes free, or the provider said
 *     when to come back
 * @param resolveTtl how long the target of a redirect is used again for the same generation
 * @param providerMaxConnections connections an account may have at once; empty: 1 for Xtream-shaped
 *     URLs, else 4
 * @param verifyTls whether a provider's certificate is checked
 * @param egress where titles may be fetched from
 * @param completeAfter percent of a title that must have been watched before the rest is fetched in
 *     the background
 * @param admission who begins to play when the line does not carry all
 * @param providers what is set for single providers
 */
public record FillSettings(
    long rangeTeeThreshold,
    Duration followerWaitMax,
    Duration answerWithin,
    Duration placeWaitMax,
    Duration resolveTtl,
    OptionalInt providerMaxConnections,
    boolean verifyTls,
    EgressSettings egress,
    int completeAfter,
    Admission admission,
    ProviderBlocks providers) {

  /** What becomes of another film when the line to a provider does not carry all. */
  public enum Admission {
    /** Whoever plays keeps the line; the other is told that it is taken. */
    FIRST,
    /** It begins as well, and lives on what those before it leave. */
    SHARE
  }

  private static final Duration PLACE_WAIT_MAX = Duration.ofSeconds(20);

  /** With nothing set for single providers, and every title completed. */
  public FillSettings(
      long rangeTeeThreshold,
      Duration followerWaitMax,
      Duration answerWithin,
      Duration resolveTtl,
      OptionalInt providerMaxConnections,
      boolean verifyTls,
      EgressSettings egress) {
    this(
        rangeTeeThreshold,
        followerWaitMax,
        answerWithin,
        PLACE_WAIT_MAX,
        resolveTtl,
        providerMaxConnections,
        verifyTls,
        egress,
        /* completeAfter= */ 0,
        Admission.FIRST,
        ProviderBlocks.NONE);
  }

  /** The same with other blocks. */
  public FillSettings with(ProviderBlocks blocks) {
    return new FillSettings(
        rangeTeeThreshold,
        followerWaitMax,
        answerWithin,
        placeWaitMax,
        resolveTtl,
        providerMaxConnections,
        verifyTls,
        egress,
        completeAfter,
        admission,
        blocks);
  }

  /** What comes on top of {@link #answerWithin} while a connection is in sight. */
  public Duration holdsLonger() {
    Duration longer = placeWaitMax.minus(answerWithin);
    return longer.isNegative() ? Duration.ZERO : longer;
  }

  /** What counts for a provider, by the host and port that links name. */
  public ProviderRules rules(String host, int port) {
    return providers.rules(
        host, port, ProviderRules.standard(providerMaxConnections, completeAfter, admission));
  }

  /** Whether the certificate of a host is checked, whoever led to it. */
  public boolean verifiesTls(String host, int port) {
    return providers.verifiesTls(host, port).orElse(verifyTls);
  }
}
