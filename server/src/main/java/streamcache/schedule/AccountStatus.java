package streamcache.schedule;

import java.time.Duration;
import java.util.List;

/**
 * An account at one moment, for people.
 *
 * @param limit connections that the provider allows, as far as known
 * @param open connections that are open or about to be
 * @param cooling connections that are closed and may still count at the provider
 * @param hold how long nothing may be opened; zero if something may
 * @param titles that are wanted, fetched, resting, or waiting to be completed
 */
public record AccountStatus(
    int limit, int open, int cooling, Duration hold, List<TitleStatus> titles) {

  public AccountStatus {
    titles = List.copyOf(titles);
  }
}
