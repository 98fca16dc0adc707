package streamcache.cli;

import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import streamcache.link.AccountId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks providers through the running server, which counts each request as a connection of its
 * account and sends none while a player needs it. One thread; blocks.
 */
record ServedProviders(OwnApi api, InstantSource clock, Findings findings) {

  private static final String WHAT = "provider";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int IN_USE = 409;
  private static final int HTTPS = 443;

  /** What the provider of a link answers. */
  void link(String link) {
    ask(link, /* isFilm= */ true);
  }

  /** Whether the providers that were played from can be reached; asks for none of their films. */
  void all() {
    Set<String> hosts = new LinkedHashSet<>();
    switch (api.ask("GET", "/api/v1/providers", /* body= */ null)) {
      case OwnApi.Outcome.Answered(JsonNode answer) ->
          answer
              .path("providers")
              .forEach(row -> root(row.path("account").asString("@")).ifPresent(hosts::add));
      case OwnApi.Outcome.Declined(_, String sentence) -> findings.bad(WHAT, sentence);
      case OwnApi.Outcome.Unasked(String sentence) -> findings.bad(WHAT, sentence);
    }
    hosts.forEach(host -> ask(host, /* isFilm= */ false));
    if (hosts.isEmpty()) {
      findings.note(WHAT, "nothing was played so far, so there is none to ask");
    }
  }

  /** The home page of an account's host; empty for an account that has only a name. */
  private static Optional<String> root(String value) {
    AccountId account = new AccountId(value);
    String scheme = account.port() == HTTPS ? "https" : "http";
    return account.name().isPresent()
        ? Optional.empty()
        : Optional.of("%s://%s:%d/".formatted(scheme, account.host(), account.port()));
  }

  private void ask(String url, boolean isFilm) {
    switch (api.ask("POST", "/api/v1/links/test", JSON.createObjectNode().put("url", url))) {
      case OwnApi.Outcome.Answered(JsonNode answer) -> tell(ProviderAnswer.of(answer), isFilm);
      case OwnApi.Outcome.Declined(int status, _) when status == IN_USE ->
          findings.note(
              WHAT,
              "not asked, since a player uses the account; run this again when nothing of its"
                  + " provider is played");
      case OwnApi.Outcome.Declined(_, String sentence) -> findings.bad("link", sentence);
      case OwnApi.Outcome.Unasked(String sentence) ->
          findings.bad(WHAT, "not asked, since only the running server may do so. " + sentence);
    }
  }

  private void tell(ProviderAnswer answer, boolean isFilm) {
    if (answer.status().isEmpty() || (isFilm && answer.problem().isPresent())) {
      String status =
          answer.status().isPresent() ? " (status " + answer.status().getAsInt() + ")" : "";
      findings.bad(WHAT, answer.host() + status + ": " + answer.problem().orElse("no answer"));
    } else {
      findings.good(
          WHAT,
          isFilm
              ? answer.words()
              : "%s answers, after %d ms".formatted(answer.host(), answer.took().toMillis()));
    }
    new ClockCheck(findings).compare(answer, clock.instant());
  }
}
