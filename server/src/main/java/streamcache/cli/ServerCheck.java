package streamcache.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import streamcache.http.ListenException;
import streamcache.link.BadLink;
import streamcache.link.KeyRing;
import streamcache.link.Links;
import streamcache.settings.Settings;
import tools.jackson.databind.JsonNode;

/** Examines the server that has the cache folder open. One thread; blocks for some seconds. */
final class ServerCheck {

  private static final String WHAT = "server";

  private final Settings own;
  private final InstantSource clock;
  private final Findings findings;
  private final OwnApi api;
  private final Optional<ServedSettings> settings;
  private final Optional<JsonNode> status;

  /**
   * @param own settings by which the server is found
   */
  ServerCheck(Settings own, InstantSource clock, Findings findings) {
    this.own = own;
    this.clock = clock;
    this.findings = findings;
    this.api = new OwnApi(own, new PrintWriter(Writer.nullWriter()));
    this.settings = get("/api/v1/settings").map(ServedSettings::new);
    this.status = get("/api/v1/status");
  }

  private Optional<JsonNode> get(String target) {
    return api.ask("GET", target, /* body= */ null) instanceof OwnApi.Outcome.Answered(JsonNode it)
        ? Optional.of(it)
        : Optional.empty();
  }

  /** Those of the server; empty if its API does not tell them. */
  Optional<ServedSettings> settings() {
    return settings;
  }

  /**
   * Examines the server itself and its store.
   *
   * @param served its settings, as far as they are known
   */
  void examine(Settings served) {
    String place = ListenException.place(own.listen());
    if (!HealthCommand.isWell(own)) {
      findings.bad(
          WHAT,
          "one has the cache folder open but does not answer at %s; see its log, and restart it"
              .formatted(place));
    } else {
      findings.good(WHAT, place + " answers: it is running" + age());
    }
    if (settings.isEmpty()) {
      unasked();
    }
    status.ifPresent(this::version);
    changes();
    new StoreCheck(served.store(), findings).examineInUse(status);
  }

  private String age() {
    return status
        .map(answer -> ", up " + Printable.time(answer.path("uptimeSeconds").asLong()))
        .orElse("");
  }

  private void unasked() {
    switch (api.ask("GET", "/api/v1/status", /* body= */ null)) {
      case OwnApi.Outcome.Answered _ -> {}
      case OwnApi.Outcome.Declined(_, String sentence) -> findings.bad("API", sentence);
      case OwnApi.Outcome.Unasked(String sentence) -> findings.bad("API", sentence);
    }
  }

  private void version(JsonNode answer) {
    String version = answer.path("version").asString("");
    findings.say(
        version.equals(Version.current()),
        "version",
        version.equals(Version.current())
            ? version
            : "the server is %s and this command is %s; restart the server, or run its own command"
                .formatted(version, Version.current()));
  }

  private void changes() {
    List<String> unread = settings.map(each -> each.unread(own)).orElse(List.of());
    if (!unread.isEmpty()) {
      findings.note(
          "settings",
          "streamcache.conf was changed after the start: %s; restart the server to apply that"
              .formatted(String.join(", ", unread)));
    }
  }

  /**
   * Examines what is around it: its container, and what lies between it and players.
   *
   * @param keys that it should have
   */
  void examineWay(Settings served, KeyRing keys) {
    if (keys.isEmpty()) {
      return; // Why there are none was said.
    }
    SelfCheckCalls calls = SelfCheckCalls.of(own, new Links(keys));
    try {
      Optional<SelfCheckAbout> about = calls.about();
      if (about.isEmpty()) {
        findings.bad(
            WHAT,
            "it does not accept links made with %s, or is of another version; name its key file in"
                    .formatted(served.link().keyFile())
                + " SECRET_KEY_FILE");
        return;
      }
      new ContainerCheck(about.get(), findings).examine();
      if (served.link().baseUrl().isPresent()) {
        new BaseUrlCheck(
                served.link().baseUrl().get(), calls, about.get().instance(), clock, findings)
            .examine();
      } else {
        withoutBaseUrl(served);
      }
    } catch (BadLink e) {
      findings.bad("BASE_URL", String.valueOf(e.getMessage()));
    }
  }

  private void withoutBaseUrl(Settings served) {
    LinkReach reach = LinkReach.ofThisMachine(served);
    Optional<String> advice = reach.advice();
    if (advice.isPresent()) {
      findings.note("BASE_URL", "is not set. " + advice.get());
    } else {
      findings.good("BASE_URL", "is not set; links begin with " + reach.base());
    }
  }

  /**
   * Asks providers through the server.
   *
   * @param link whose provider is asked
   * @param asksAll whether all that were played from are asked
   */
  void providers(Optional<String> link, boolean asksAll) {
    ServedProviders providers = new ServedProviders(api, clock, findings);
    link.ifPresent(providers::link);
    if (asksAll) {
      providers.all();
    }
  }
}
