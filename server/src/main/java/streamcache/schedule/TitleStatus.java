package streamcache.schedule;

import streamcache.link.TitleKey;

/**
 * A title of an account at one moment, for people.
 *
 * @param name by which people know it
 * @param connections that fetch it
 * @param players that want bytes of it
 * @param waiting how many of them have none to go on with
 * @param isResting whether it is left alone for a while after a failure
 */
public record TitleStatus(
    TitleKey key, String name, int connections, int players, int waiting, boolean isResting) {

  static TitleStatus of(TrackedTitle title, long now) {
    return new TitleStatus(
        title.key(),
        title.context().name(),
        title.connections().size() + title.passes().size(),
        title.demands().size(),
        (int) title.demands().stream().filter(TrackedDemand::isMissing).count(),
        title.isPaused(now));
  }
}
