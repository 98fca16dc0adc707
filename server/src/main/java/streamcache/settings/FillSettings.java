package streamcache.settings;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * How titles are fetched.
 *
 * @param rangeTeeThreshold a first request at or below this offset, in bytes, starts the fill at 0;
 *     one beyond it fetches its own range first
 * @param followerWaitMax how long a follower waits for a new byte before it gives up
 * @param answerWithin how long a player waits for a response or an error status, unless the
 *     provider has accepted the connection and is still silent
 * @param firstByteWithin how long a connected provider may take to send its first byte; a player
 *     waits as long
 * @param placeWaitMax replaces answerWithin, counted from the same start, while a connection is in
 *     sight: one of ours becomes free, or the provider said when to retry
 * @param resolveTtl how long the target of a redirect is reused for the same generation
 * @param providerMaxConnections how many connections an account may have at once; empty: 1 for
 *     Xtream-shaped URLs, 32 for private and loopback addresses, else 4
 * @param verifyTls whether the certificates of providers are checked
 * @param egress where titles may be fetched from
 * @param completeAfter percent of a title that must have been watched before the rest is fetched in
 *     the background
 * @param completeScans whether titles that a media server only probes are completed as well
 * @param admission which playback may start if the bandwidth does not suffice for all
 * @param revalidateAfter how old the last check of a complete title may be before the provider is
 *     asked whether it still has the file; zero: never asked
 * @param liveWindow bytes of a live channel that are held in memory for its viewers
 * @param providers the settings of single providers
 */
public record FillSettings(
    long rangeTeeThreshold,
    Duration followerWaitMax,
    Duration answerWithin,
    Duration firstByteWithin,
    Duration placeWaitMax,
    Duration resolveTtl,
    OptionalInt providerMaxConnections,
    boolean verifyTls,
    EgressSettings egress,
    int completeAfter,
    boolean completeScans,
    AdmissionPolicy admission,
    Duration revalidateAfter,
    long liveWindow,
    ProviderBlocks providers) {

  /** Without settings for single providers; every title is completed. */
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
        SettingsTable.FIRST_BYTE_WITHIN.usual(),
        SettingsTable.PLACE_WAIT_MAX.usual(),
        resolveTtl,
        providerMaxConnections,
        verifyTls,
        egress,
        /* completeAfter= */ 0,
        /* completeScans= */ false,
        AdmissionPolicy.FIRST,
        SettingsTable.CACHE_REVALIDATE_INTERVAL.usual(),
        ProviderBlocks.NONE);
  }

  /** With the default window of live channels. */
  public FillSettings(
      long rangeTeeThreshold,
      Duration followerWaitMax,
      Duration answerWithin,
      Duration firstByteWithin,
      Duration placeWaitMax,
      Duration resolveTtl,
      OptionalInt providerMaxConnections,
      boolean verifyTls,
      EgressSettings egress,
      int completeAfter,
      boolean completeScans,
      AdmissionPolicy admission,
      Duration revalidateAfter,
      ProviderBlocks providers) {
    this(
        rangeTeeThreshold,
        followerWaitMax,
        answerWithin,
        firstByteWithin,
        placeWaitMax,
        resolveTtl,
        providerMaxConnections,
        verifyTls,
        egress,
        completeAfter,
        completeScans,
        admission,
        revalidateAfter,
        SettingsTable.LIVE_WINDOW.usual(),
        providers);
  }

  /** A copy with other blocks. */
  public FillSettings with(ProviderBlocks blocks) {
    return with(revalidateAfter, blocks);
  }

  /** A copy with another age for checks. */
  public FillSettings with(Duration otherRevalidateAfter) {
    return with(otherRevalidateAfter, providers);
  }

  private FillSettings with(Duration otherRevalidateAfter, ProviderBlocks blocks) {
    return new FillSettings(
        rangeTeeThreshold,
        followerWaitMax,
        answerWithin,
        firstByteWithin,
        placeWaitMax,
        resolveTtl,
        providerMaxConnections,
        verifyTls,
        egress,
        completeAfter,
        completeScans,
        admission,
        otherRevalidateAfter,
        liveWindow,
        blocks);
  }

  /** The rules for the connections of an account that blocks give this name. */
  public ProviderRules accountRules(String name) {
    return providers.accountRules(
        name, ProviderRules.standard(providerMaxConnections, completeAfter, admission));
  }

  /** The rules for a provider, identified by the host and port in links. */
  public ProviderRules rules(String host, int port) {
    return providers.rules(
        host, port, ProviderRules.standard(providerMaxConnections, completeAfter, admission));
  }

  /** Whether the certificate of a host is checked, whether a link or a redirect led to it. */
  public boolean verifiesTls(String host, int port) {
    return providers.verifiesTls(host, port).orElse(verifyTls);
  }

  static FillSettings read(Sources sources) {
    return new FillSettings(
        sources.value(SettingsTable.RANGE_TEE_THRESHOLD),
        sources.value(SettingsTable.FOLLOWER_WAIT_MAX),
        sources.value(SettingsTable.ANSWER_WITHIN),
        sources.value(SettingsTable.FIRST_BYTE_WITHIN),
        sources.value(SettingsTable.PLACE_WAIT_MAX),
        sources.value(SettingsTable.RESOLVE_TTL),
        sources.number(SettingsTable.PROVIDER_MAX_CONNECTIONS),
        /* verifyTls= */ !sources.value(SettingsTable.DISABLE_SSL_VERIFY),
        EgressSettings.read(sources),
        sources.value(SettingsTable.COMPLETE_AFTER),
        sources.value(SettingsTable.COMPLETE_SCANS),
        sources.value(SettingsTable.ADMISSION),
        sources.value(SettingsTable.CACHE_REVALIDATE_INTERVAL),
        sources.value(SettingsTable.LIVE_WINDOW),
        sources.providers());
  }
}
