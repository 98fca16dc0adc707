package streamcache.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The rules for one provider, from all blocks that match it and the global settings. A pure value,
 * computed once per account.
 *
 * @param maxConnections empty: depends on the shape of its URLs
 * @param coolDown how long it counts a closed connection; empty: the learned time
 * @param request how it is asked
 * @param fills how much may be fetched from it, and when
 * @param trustsValidators whether its validators are always or never trusted; empty: as learned
 * @param admission which playback may start if its bandwidth does not suffice for all
 */
public record ProviderRules(
    OptionalInt maxConnections,
    Optional<Duration> coolDown,
    Request request,
    Fills fills,
    Optional<Boolean> trustsValidators,
    AdmissionPolicy admission) {

  /** The rules if nothing is set. */
  public static final ProviderRules NONE =
      standard(OptionalInt.empty(), /* completeAfter= */ 0, AdmissionPolicy.FIRST);

  /** The rules where no block sets anything. */
  static ProviderRules standard(
      OptionalInt maxConnections, int completeAfter, AdmissionPolicy admission) {
    return new ProviderRules(
        maxConnections,
        Optional.empty(),
        Request.NONE,
        Fills.completing(completeAfter),
        Optional.empty(),
        admission);
  }

  /**
   * How a provider is asked.
   *
   * @param agent replaces the one of the player
   * @param headers for all hosts on the way, but Authorization and Cookie for that of the link only
   * @param hasRanges whether it may be asked for ranges
   * @param rangeSize bytes of the closed ranges to ask for; empty: ranges are open
   * @param proxy for all hosts on the way, redirects included
   */
  public record Request(
      Optional<String> agent,
      List<ExtraHeader> headers,
      boolean hasRanges,
      OptionalLong rangeSize,
      Optional<Proxy> proxy) {

    static final Request NONE =
        new Request(
            Optional.empty(),
            List.of(),
            /* hasRanges= */ true,
            OptionalLong.empty(),
            Optional.empty());

    public Request {
      headers = List.copyOf(headers);
    }

    /** Whether every request has the same agent. */
    public boolean namesAgent() {
      return agent.isPresent()
          || headers.stream().anyMatch(header -> header.key().equals("user-agent"));
    }
  }

  /**
   * How much may be fetched. A background fill fetches what no reader waits for now or will need
   * soon.
   *
   * @param rate bytes a second over all connections of the account
   * @param fillRate the same for background fills
   * @param quota bytes a day for background fills
   * @param hours when background fills may run; empty for always
   * @param completeAfter percent of a title that must have been watched before the rest is fetched
   */
  public record Fills(
      OptionalLong rate,
      OptionalLong fillRate,
      OptionalLong quota,
      Optional<DayHours> hours,
      int completeAfter) {

    static Fills completing(int after) {
      return new Fills(
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          Optional.empty(),
          after);
    }
  }
}
