package streamcache.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.ServerSocket;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import streamcache.http.ListenException;
import streamcache.http.Listener;
import streamcache.link.KeyFile;
import streamcache.link.KeyFileException;
import streamcache.link.KeyRing;
import streamcache.origin.LegacyTls;
import streamcache.outbox.Caller;
import streamcache.seerr.SeerrCheck;
import streamcache.settings.ListenSettings;
import streamcache.settings.Settings;
import streamcache.store.StoreFolder;
import streamcache.webhook.WebhookCheck;

/**
 * The doctor command: checks what a start and a playback need, and says what to do. While a server
 * runs on the cache folder, it examines that server and goes by its settings.
 */
final class Doctor {

  static final String MEANING =
      "Checks the running server or, if there is none, what a start needs: folders, disk, clock, port,"
          + " keys, BASE_URL, library and, if given, a link.";

  /** Prints what to paste into a bug report. */
  static final String REPORT = "--report";

  /** Leave to ask the providers that were played from. */
  static final String ASK_PROVIDERS = "--ask-providers";

  private final Settings own;
  private final Map<String, String> environment;
  private final PrintWriter out;
  private final InstantSource clock = InstantSource.system();
  private final Findings findings = new Findings();

  /**
   * @param own the settings that the command goes by unless a server tells its own
   */
  Doctor(Settings own, Map<String, String> environment, PrintWriter out) {
    this.own = own;
    this.environment = environment;
    this.out = out;
  }

  /** Runs all checks; returns the exit code. */
  int run(Invocation call) {
    Optional<String> link = call.words().stream().findFirst();
    Optional<ServedSettings> served = Optional.empty();
    if (new StoreFolder(own.store().folder()).isInUse()) {
      ServerCheck server = new ServerCheck(own, clock, findings);
      served = server.settings();
      Settings settings = served.map(each -> each.over(own, call.flags(), environment)).orElse(own);
      server.examine(settings);
      KeyRing keys = common(settings);
      server.examineWay(settings, keys);
      server.providers(link, call.has(ASK_PROVIDERS));
    } else {
      legacyTls(own);
      new StoreCheck(own.store(), findings).examine();
      port();
      KeyRing keys = common(own);
      link.ifPresent(each -> new DirectProviders(own, keys, clock, findings).link(each));
      if (call.has(ASK_PROVIDERS) && link.isEmpty()) {
        findings.note("provider", "no server runs to ask them; name a link to have one asked");
      }
    }
    if (call.has(REPORT)) {
      new DoctorReport(out).print(findings, served.map(ServedSettings::lines).orElse(lines()));
    } else {
      print();
    }
    return findings.problems() == 0 ? 0 : 1;
  }

  private List<String> lines() {
    return own.effective().stream()
        .filter(effective -> !effective.where().equals("default"))
        .map(effective -> effective.line())
        .toList();
  }

  private static void legacyTls(Settings settings) {
    if (settings.fill().providers().permitLegacyTls()) {
      LegacyTls.permit();
    }
  }

  private void print() {
    findings.all().forEach(finding -> out.println(finding.line()));
    out.println(
        findings.problems() == 0 ? "No problem found." : "Problems: " + findings.problems());
  }

  /** What is the same with and without a server. */
  private KeyRing common(Settings settings) {
    new ClockCheck(findings).examine(clock.instant());
    KeyRing keys = keys(settings);
    seerr(settings);
    new LibraryCheck(settings, findings).examine();
    webhook(settings);
    return keys;
  }

  private void port() {
    ListenSettings listen = own.listen();
    if (HealthCommand.isWell(own)) {
      findings.bad(
          "port",
          ListenException.place(listen)
              + " is that of a server with another cache folder; to examine it, name its CACHE_DIR,"
              + " or run this command where it runs, such as in its container");
      return;
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(Listener.address(listen));
      findings.good("port", ListenException.place(listen) + " is free");
    } catch (IOException e) {
      findings.bad("port", String.valueOf(new ListenException(listen, e).getMessage()));
    }
  }

  private KeyRing keys(Settings settings) {
    KeyFile file = new KeyFile(settings.link().keyFile());
    try {
      Optional<KeyRing> found = file.open();
      file.warnings().forEach(warning -> findings.bad("keys", warning));
      if (file.warnings().isEmpty()) {
        findings.good(
            "keys",
            file.path()
                + (found.isPresent()
                    ? " is readable, by its owner alone"
                    : " is created at the first start"));
      }
      return found.orElseGet(KeyRing::empty);
    } catch (KeyFileException e) {
      findings.bad("keys", String.valueOf(e.getMessage()));
      return KeyRing.empty();
    }
  }

  private void seerr(Settings settings) {
    if (settings.seerr().isEmpty()) {
      return;
    }
    try (Caller caller = new Caller(Server.AGENT)) {
      SeerrCheck check = SeerrCheck.of(settings.seerr().get(), caller);
      findings.say(check.isGood(), "Seerr", check.words());
    }
  }

  private void webhook(Settings settings) {
    if (settings.webhook().isEmpty()) {
      return;
    }
    try (Caller caller = new Caller(Server.AGENT)) {
      WebhookCheck check = WebhookCheck.of(settings.webhook().get(), caller);
      findings.say(check.isGood(), "webhook", check.words());
    }
  }
}
