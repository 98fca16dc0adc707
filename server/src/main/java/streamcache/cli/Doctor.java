package streamcache.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import streamcache.http.ListenException;
import streamcache.http.Listener;
import streamcache.link.AccountId;
import streamcache.link.BadLink;
import streamcache.link.KeyFile;
import streamcache.link.KeyFileException;
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
import streamcache.origin.LegacyTls;
import streamcache.origin.OriginException;
import streamcache.origin.ProviderProfiles;
import streamcache.origin.Upstream;
import streamcache.outbox.Caller;
import streamcache.seerr.SeerrCheck;
import streamcache.settings.ListenSettings;
import streamcache.settings.SeerrSettings;
import streamcache.settings.Settings;
import streamcache.store.AdoptionTrial;
import streamcache.store.Store;
import streamcache.store.StoreException;
import streamcache.store.StoreUsage;
import streamcache.trouble.Cause;
import streamcache.webhook.WebhookCheck;

/** The doctor command: checks what a start and a playback need, and says what to do. */
final class Doctor {

  /** A clock before this time is not set; certificates would seem not to be valid yet. */
  private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");

  private static final String LITTLE =
      ": less than CACHE_MIN_FREE_BYTES; free some space or lower it";

  private static final long SAMPLE_BYTES = 64 * 1024;

  private final Settings settings;
  private final PrintWriter out;
  private KeyRing keys = KeyRing.empty();
  private int problems;

  Doctor(Settings settings, PrintWriter out) {
    this.settings = settings;
    this.out = out;
  }

  /** Runs all checks; returns the exit code. */
  int examine(Optional<String> link) {
    if (settings.fill().providers().permitLegacyTls()) {
      LegacyTls.permit();
    }
    boolean running = HealthCommand.isWell(settings);
    store(running);
    oldCache();
    clock();
    port(running);
    keys();
    seerr();
    library();
    webhook();
    link.ifPresent(this::provider);
    out.println(problems == 0 ? "No problem found." : "Problems: " + problems);
    return problems == 0 ? 0 : 1;
  }

  private void store(boolean running) {
    try (Store store = Store.open(settings.store(), _ -> {})) {
      StoreUsage usage = store.usage();
      good("folder", settings.store().folder() + " is writable");
      good("file system", store.fileSystem());
      space(usage);
    } catch (StoreException e) {
      if (e.kind() == StoreException.Cause.IN_USE && running) {
        good("folder", "in use by the running server");
        space(settings.store().folder().toFile().getUsableSpace());
      } else {
        bad("folder", String.valueOf(e.getMessage()));
      }
    }
  }

  private void oldCache() {
    settings
        .store()
        .adoption()
        .ifPresent(old -> {
          Optional<String> objection =
              new AdoptionTrial(old.folder(), settings.store().folder()).objection();
          say(
              objection.isEmpty(),
              "old cache",
              objection.orElse("titles of " + old.folder() + " can be adopted"));
        });
  }

  /** Reports what is known while the server holds the folder. */
  private void space(long free) {
    boolean isEnough = free >= settings.store().minFreeBytes();
    String text = Serve.gigabytes(free) + " free on the disk";
    say(isEnough, "space", isEnough ? text : text + LITTLE);
  }

  private void space(StoreUsage usage) {
    String text =
        "%s of at most %s used, %s free on the disk"
            .formatted(
                Serve.gigabytes(usage.usedBytes()),
                Serve.gigabytes(usage.maxBytes()),
                Serve.gigabytes(usage.diskFreeBytes()));
    if (usage.diskFreeBytes() < settings.store().minFreeBytes()) {
      bad("space", text + LITTLE);
    } else if (usage.maxBytes() - usage.usedBytes() > usage.diskFreeBytes()) {
      bad("space", text + ": too little for CACHE_MAX_BYTES; lower that setting");
    } else {
      good("space", text);
    }
  }

  private void clock() {
    Instant now = Instant.now();
    if (now.isBefore(BUILT)) {
      bad("clock", "says " + now + "; set it, or the certificates of providers will be rejected");
    } else {
      good("clock", now.toString());
    }
  }

  private void port(boolean running) {
    ListenSettings listen = settings.listen();
    if (running) {
      good("port", ListenException.place(listen) + " answers: the server is running");
      return;
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(Listener.address(listen));
      good("port", ListenException.place(listen) + " is free");
    } catch (IOException e) {
      bad("port", String.valueOf(new ListenException(listen, e).getMessage()));
    }
  }

  private void keys() {
    KeyFile file = new KeyFile(settings.link().keyFile());
    try {
      Optional<KeyRing> found = file.open();
      keys = found.orElse(keys);
      file.warnings().forEach(warning -> bad("keys", warning));
      if (file.warnings().isEmpty()) {
        good(
            "keys",
            file.path() + (found.isPresent() ? " is readable" : " is created at the first start"));
      }
    } catch (KeyFileException e) {
      bad("keys", String.valueOf(e.getMessage()));
    }
  }

  private void seerr() {
    if (settings.seerr().isEmpty()) {
      return;
    }
    try (Caller caller = new Caller(Server.AGENT)) {
      SeerrCheck check = SeerrCheck.of(settings.seerr().get(), caller);
      say(check.isGood(), "Seerr", check.words());
    }
  }

  private void library() {
    settings
        .seerr()
        .map(SeerrSettings::strmFolders)
        .orElse(List.of())
        .forEach(folder -> library(folder, "STRM_DIRS"));
    settings.library().wrapped().forEach(this::wrapped);
  }

  private void wrapped(Path folder) {
    library(folder, "STRM_WRAP");
    if (Files.isReadable(folder)) {
      say(
          Files.isWritable(folder),
          "library",
          folder
              + (Files.isWritable(folder)
                  ? " is writable"
                  : " is not writable for this user; STRM_WRAP changes files in it"));
    }
  }

  private void library(Path folder, String setting) {
    boolean isThere = Files.isDirectory(folder) && Files.isReadable(folder);
    say(
        isThere,
        "library",
        folder
            + (isThere
                ? " is readable"
                : " is not a readable folder; mount it here, or correct " + setting));
  }

  private void webhook() {
    if (settings.webhook().isEmpty()) {
      return;
    }
    try (Caller caller = new Caller(Server.AGENT)) {
      WebhookCheck check = WebhookCheck.of(settings.webhook().get(), caller);
      say(check.isGood(), "webhook", check.words());
    }
  }

  private void say(boolean isGood, String what, String text) {
    if (isGood) {
      good(what, text);
    } else {
      bad(what, text);
    }
  }

  private void provider(String text) {
    AddressPolicy policy = new EgressPolicy(settings.fill().egress(), settings.listen()::port);
    ProviderProfiles profiles = ProviderProfiles.inMemory(InstantSource.system());
    try (HttpOrigin origin = new HttpOrigin(settings.fill(), policy, Server.AGENT, profiles)) {
      Fetch fetch = fetch(parse(text));
      long begun = System.nanoTime();
      Facts facts;
      try (Upstream upstream = origin.open(fetch)) {
        upstream.read(ByteBuffer.allocate((int) SAMPLE_BYTES));
        Duration firstByte = Duration.ofNanos(System.nanoTime() - begun);
        facts = upstream.facts();
        good("provider", describe(fetch.link(), facts, firstByte));
        ThrottleCheck.drain(upstream); // The next request then uses the same connection.
      }
      if (mayBeThrottled(fetch.link(), facts)) {
        throttling(new ThrottleCheck(origin, profiles), fetch);
      }
    } catch (BadLink e) {
      bad("link", String.valueOf(e.getMessage()));
    } catch (OriginException e) {
      Cause cause = Cause.of(e.failure());
      String detail = e.failure().detail();
      boolean isTold = cause.meaning().contains(detail);
      bad("provider", cause.headline() + (isTold ? ". " : " (" + detail + "). ") + cause.meaning());
    }
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
          .ifPresent(rates -> bad("speed", "the provider " + ThrottleHint.of(account, rates)));
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

  private void good(String what, String text) {
    out.println("OK    " + what + ": " + text);
  }

  private void bad(String what, String text) {
    problems++;
    out.println("FIX   " + what + ": " + text);
  }
}
