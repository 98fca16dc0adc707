package streamcache.cli;

import java.util.Locale;
import streamcache.link.AccountId;
import streamcache.link.SafeText;
import streamcache.origin.RangeRates;

/** Says that a provider throttles open ranges, and which line of the settings mends that. */
final class ThrottleHint {

  /**
   * Half of what providers that throttle open ranges give as a closed one at full speed (see {@link
   * RangeRates}).
   */
  private static final String SIZE = "RANGE_SIZE = 8MiB";

  private ThrottleHint() {}

  /** Names the host only, since an account may be shown on a screen. */
  static String of(AccountId account, RangeRates rates) {
    return measured(rates)
        + "; add the line "
        + SIZE
        + " to the block [provider "
        + SafeText.of(account.host())
        + "] of streamcache.conf, and begin that block if there is none";
  }

  /** What was measured, without what to do. */
  static String measured(RangeRates rates) {
    return String.format(
        Locale.ROOT,
        "throttles open ranges to %.2f MB/s and sends short closed ones at %.1f MB/s",
        rates.open() / 1e6,
        rates.closed() / 1e6);
  }
}
