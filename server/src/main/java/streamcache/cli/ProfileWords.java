package streamcache.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import streamcache.link.AccountId;
import streamcache.link.SafeText;
import streamcache.origin.ProviderProfile;
import streamcache.origin.RangeRates;
import streamcache.settings.ProviderRules;

/**
 * What was learned about a provider, in words, and which of it a setting overrides.
 *
 * @param account the account that they were learned of
 * @param rules the settings of the provider
 */
record ProfileWords(AccountId account, ProviderProfile profile, ProviderRules rules) {

  /**
   * @param today the day whose daily counts are shown
   */
  List<String> lines(LocalDate today) {
    List<String> lines = new ArrayList<>();
    if (!profile.refusals().isEmpty()) {
      lines.add(
          "has refused with "
              + profile.refusals().stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }
    int limit = profile.limit().connections();
    if (limit > 0) {
      lines.add(
          "allows "
              + Printable.count(limit, "connection", "connections")
              + " at once"
              + (rules.maxConnections().isPresent() ? "; overridden by MAX_CONNECTIONS" : ""));
    }
    int stated = profile.limit().stated();
    if (stated > 0) {
      lines.add(
          "states a limit of "
              + Printable.count(stated, "connection", "connections")
              + (rules.maxConnections().isPresent() ? "; overridden by MAX_CONNECTIONS" : ""));
    }
    if (profile.coolDown().time().isPositive()) {
      lines.add(
          "counts a connection for another "
              + seconds(profile.coolDown().time())
              + " after it was closed"
              + (rules.coolDown().isPresent() ? "; overridden by COOL_DOWN" : ""));
    }
    profile
        .ranges()
        .ifPresent(gives ->
            lines.add(
                (gives ? "supports ranges" : withoutRanges())
                    + (rules.request().hasRanges() ? "" : "; overridden by NO_RANGE")));
    throttling(lines);
    validators(lines);
    profile
        .agent()
        .filter(agent -> !agent.isEmpty())
        .ifPresent(agent ->
            lines.add(
                "accepts the agent "
                    + SafeText.of(agent)
                    + (rules.request().namesAgent() ? "; overridden by AGENT" : "")));
    profile
        .account()
        .ifPresent(other ->
            lines.add("is the account " + SafeText.of(other) + " under another host name"));
    redirects(lines);
    line(lines);
    spent(lines, today);
    return lines;
  }

  private String withoutRanges() {
    boolean areRefused = profile.rangesRefused().isAfter(Instant.EPOCH);
    return (areRefused ? "refuses requests with a range" : "ignores ranges")
        + ", so seeking waits for the download";
  }

  private void validators(List<String> lines) {
    String over = rules.trustsValidators().isPresent() ? "; overridden by TRUST_VALIDATORS" : "";
    if (profile.validators().areArbitrary()) {
      lines.add("validators mean nothing, so bytes are compared" + over);
    }
    if (profile.validators().defeatRanges()) {
      lines.add("sends the whole file for a range with If-Range, which is left out");
    }
  }

  private void throttling(List<String> lines) {
    RangeRates rates = profile.rangeRates();
    if (rates.isThrottled()) {
      lines.add(
          rules.request().rangeSize().isPresent()
              ? ThrottleHint.measured(rates) + "; overridden by RANGE_SIZE"
              : ThrottleHint.of(account, rates));
    }
  }

  private void redirects(List<String> lines) {
    ProviderProfile.Redirects redirects = profile.redirects();
    if (redirects.isOneTime()) {
      lines.add("redirects to addresses that work only once");
    }
    redirects
        .life()
        .ifPresent(life -> lines.add("redirects to addresses that expired after " + seconds(life)));
  }

  private void line(List<String> lines) {
    if (profile.line().firstByte() > 0) {
      long millis = Math.round(profile.line().firstByte() * 1000);
      lines.add("first byte after " + millis + " ms");
    }
    if (profile.line().rate() > 0) {
      lines.add(
          String.format(Locale.ROOT, "%.1f MB/s per connection", profile.line().rate() / 1e6));
    }
  }

  private void spent(List<String> lines, LocalDate today) {
    if (profile.spent().day().equals(today) && rules.fills().quota().isPresent()) {
      lines.add(
          "%s of %s fetched in the background today"
              .formatted(
                  Serve.gigabytes(profile.spent().bytes()),
                  Serve.gigabytes(rules.fills().quota().getAsLong())));
    }
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
  }
}
