package streamcache.cli;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import streamcache.origin.Habits;
import streamcache.settings.ProviderRules;

/**
 * What was learned of a provider, in words, and what of it does not count since something is set.
 *
 * @param rules what is set
 */
record HabitWords(Habits habits, ProviderRules rules) {

  /**
   * @param today for what is counted by the day
   */
  List<String> lines(LocalDate today) {
    List<String> lines = new ArrayList<>();
    if (!habits.refusals().isEmpty()) {
      lines.add(
          "has refused with "
              + habits.refusals().stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }
    int limit = habits.limit().connections();
    if (limit > 0) {
      lines.add(
          "allows "
              + limit
              + (limit == 1 ? " connection" : " connections")
              + " at once"
              + (rules.maxConnections().isPresent()
                  ? "; MAX_CONNECTIONS is set and counts instead"
                  : ""));
    }
    if (habits.coolDown().time().isPositive()) {
      lines.add(
          "counts a connection for another "
              + seconds(habits.coolDown().time())
              + " after it was closed"
              + (rules.coolDown().isPresent() ? "; COOL_DOWN is set and counts instead" : ""));
    }
    habits
        .ranges()
        .ifPresent(gives ->
            lines.add(
                (gives ? "gives ranges" : "ignores ranges: seeking waits for the download")
                    + (rules.request().hasRanges() ? "" : "; NO_RANGE is set and counts instead")));
    redirects(lines);
    line(lines);
    spent(lines, today);
    return lines;
  }

  private void redirects(List<String> lines) {
    Habits.Redirects redirects = habits.redirects();
    if (redirects.isOneTime()) {
      lines.add("redirects to addresses that work once");
    }
    redirects
        .life()
        .ifPresent(life -> lines.add("redirects to addresses that died after " + seconds(life)));
  }

  private void line(List<String> lines) {
    if (habits.line().firstByte() > 0) {
      long millis = Math.round(habits.line().firstByte() * 1000);
      lines.add("first byte after " + millis + " ms");
    }
    if (habits.line().rate() > 0) {
      lines.add(
          String.format(
              Locale.ROOT, "%.1f MB a second and connection", habits.line().rate() / 1e6));
    }
  }

  private void spent(List<String> lines, LocalDate today) {
    if (habits.spent().day().equals(today) && rules.fills().quota().isPresent()) {
      lines.add(
          "%s of %s fetched in the background today"
              .formatted(
                  Serve.gigabytes(habits.spent().bytes()),
                  Serve.gigabytes(rules.fills().quota().getAsLong())));
    }
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
  }
}
