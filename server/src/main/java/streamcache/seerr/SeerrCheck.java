package streamcache.seerr;

import streamcache.outbox.Caller;
import streamcache.settings.SeerrSettings;

/** Whether Seerr can be reached and accepts the key, for the doctor command. */
public record SeerrCheck(boolean isGood, String words) {

  /** Makes two calls, which change nothing in Seerr. Blocks. */
  public static SeerrCheck of(SeerrSettings settings, Caller caller) {
    try {
      return new SeerrCheck(true, new SeerrClient(caller, settings).introduce());
    } catch (SeerrException e) {
      return new SeerrCheck(false, e.snag().words());
    }
  }
}
