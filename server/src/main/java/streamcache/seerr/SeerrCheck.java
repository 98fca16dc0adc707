package streamcache.seerr;

import streamcache.outbox.Caller;
import streamcache.settings.SeerrSettings;

/** Whether Seerr can be reached and takes the key, for the doctor. */
public record SeerrCheck(boolean isGood, String words) {

  /** Asks it twice; changes nothing there. Blocks. */
  public static SeerrCheck of(SeerrSettings settings, Caller caller) {
    try {
      return new SeerrCheck(true, new SeerrClient(caller, settings).introduce());
    } catch (SnagException e) {
      return new SeerrCheck(false, e.snag().words());
    }
  }
}
