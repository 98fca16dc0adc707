package streamcache.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What is set for one provider, out of all blocks that name it and the settings for everybody. A
 * pure value, worked out once an account.
 *
 * @param maxConnections empty: by the shape of its URLs
 * @param coolDown how long it counts a closed connection; empty: what is learned
 * @param request how it is asked
 * @param fills how much of it may be fetched, and when
 * @param admission who begins to play when its line does not carry all
 */
public record ProviderRules(
    OptionalInt maxConnections,
    Optional<Duration> coolDown,
    Request request,
    Fills fills,
    FillSettings.Admission admission) {

  /** What nobody has set anything for. */
  public static final ProviderRules NONE =
      standard(OptionalInt.empty(), /* completeAfter= */ 0, FillSettings.Admission.FIRST);

  /** What counts where no block says otherwise. */
  static ProviderRules standard(
      OptionalInt maxConnections, int completeAfter, FillSettings.Admission admission) {
    return new ProviderRules(
        maxConnections, Optional.empty(), Request.NONE, Fills.completing(completeAfter), admission);
  }

  /**
   * How a provider is asked.
   *
   * @param agent in place of the player's
   * @param headers for the host of the link only
   * @param hasRanges whether it may be asked for ranges
   * @param proxy for all hosts on the way
   */
  public record Request(
      Optional<String> agent, List<ExtraHeader> headers, boolean hasRanges, Optional<Proxy> proxy) {

    static final Request NONE =
        new Request(Optional.empty(), List.of(), /* hasRanges= */ true, Optional.empty());

    public Request {
      headers = List.copyOf(headers);
    }
  }

  /**
   * How much may be fetched. A background fill is what nobody waits for or will soon.
   *
   * @param rate bytes a second of all connections of the account
   * @param fillRate the same for background fills
   * @param quota bytes a day for background fills
   * @param hours of background fills; empty for always
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
