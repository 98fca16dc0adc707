package streamcache.cli;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import streamcache.link.AccountId;
import streamcache.link.BadLink;
import streamcache.link.KeyRing;
import streamcache.link.Link;
import streamcache.link.LinkForm;
import streamcache.link.Links;
import streamcache.link.StrmLine;
import streamcache.origin.AddressPolicy;
import streamcache.origin.EgressPolicy;
import streamcache.origin.Facts;
import streamcache.origin.Fetch;
import streamcache.origin.HttpOrigin;
import streamcache.origin.OriginException;
import streamcache.origin.ProviderProfiles;
import streamcache.origin.Upstream;
import streamcache.settings.Settings;
import streamcache.trouble.Cause;

/**
 * Asks the provider of a link while no server runs: nobody else uses the account here. One thread;
 * blocks for some seconds.
 */
record DirectProviders(Settings settings, KeyRing keys, InstantSource clock, Findings findings) {

  private static final String WHAT = "provider";
  private static final long SAMPLE_BYTES = 64 * 1024;

  /** At most three short requests, one after the other. */
  void link(String text) {
    AddressPolicy policy = new EgressPolicy(settings.fill().egress(), settings.listen()::port);
    ProviderProfiles profiles = ProviderProfiles.inMemory(clock);
    try (HttpOrigin origin = new HttpOrigin(settings.fill(), policy, Server.AGENT, profiles)) {
      Fetch fetch = fetch(parse(text));
      long begun = System.nanoTime();
      Facts facts;
      try (Upstream upstream = origin.open(fetch)) {
        upstream.read(ByteBuffer.allocate((int) SAMPLE_BYTES));
        Duration firstByte = Duration.ofNanos(System.nanoTime() - begun);
        facts = upstream.facts();
        findings.good(WHAT, describe(fetch.link(), facts, firstByte));
        clock(fetch.link(), facts);
        ThrottleCheck.drain(upstream); // The next request then uses the same connection.
      }
      if (mayBeThrottled(fetch.link(), facts)) {
        throttling(new ThrottleCheck(origin, profiles), fetch);
      }
    } catch (BadLink e) {
      findings.bad("link", String.valueOf(e.getMessage()));
    } catch (OriginException e) {
      Cause cause = Cause.of(e.failure());
      String detail = e.failure().detail();
      boolean isTold = cause.meaning().contains(detail);
      findings.bad(
          WHAT, cause.headline() + (isTold ? ". " : " (" + detail + "). ") + cause.meaning());
    }
  }

  private void clock(Link link, Facts facts) {
    facts
        .date()
        .ifPresent(date ->
            new ClockCheck(findings)
                .compare(
                    link.secrets().shownHost(facts.finalHost()),
                    date.plusSeconds(facts.age()),
                    clock.instant()));
  }

  /** Whether RANGE_SIZE could make a difference. */
  private boolean mayBeThrottled(Link link, Facts facts) {
    AccountId account = link.account();
    return facts.ranges()
        && facts.total().orElse(0) >= ThrottleCheck.LEAST_FILE
        && settings.fill().rules(account.host(), account.port()).request().rangeSize().isEmpty();
  }

  private void throttling(ThrottleCheck check, Fetch fetch) {
    try {
      AccountId account = fetch.link().account();
      check
          .compare(fetch)
          .ifPresent(
              rates -> findings.bad("speed", "the provider " + ThrottleHint.of(account, rates)));
    } catch (OriginException _) {
      // The provider has answered before; that it does not answer twice in a row is no finding.
    }
  }

  /** Trusted with private addresses, because only a local user can run the doctor command. */
  private static Fetch fetch(Link link) {
    return new Fetch(
        link, 0, OptionalLong.of(SAMPLE_BYTES), Optional.empty(), Map.of(), /* isTrusted= */ true);
  }

  /** Accepts a URL, a link, or the content of a .strm file. */
  private Link parse(String text) throws BadLink {
    Links links = new Links(keys, settings.fill().providers()::dropParameters);
    boolean isLink = StrmLine.isLink(text);
    return links
        .open(isLink ? StrmLine.path(text) : links.make(LinkForm.PLAIN, text, Optional.empty()))
        .link();
  }

  private static String describe(Link link, Facts facts, Duration firstByte) {
    return "%s sent its first byte after %d ms; length %s, type %s, ranges %s"
        .formatted(
            link.secrets().shownHost(facts.finalHost()),
            firstByte.toMillis(),
            facts.total().isPresent() ? Long.toString(facts.total().getAsLong()) : "unknown",
            facts.contentType().map(type -> type.replaceFirst(";.*", "")).orElse("unknown"),
            facts.ranges() ? "work" : "do not work, so seeking waits for the download");
  }
}
