package streamcache.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import streamcache.outbox.Caller;
import streamcache.seerr.SeerrBook;
import streamcache.seerr.SeerrCheck;
import streamcache.seerr.SeerrEntry;
import streamcache.settings.Settings;

/**
 * The seerr command: lists what Seerr was asked, is to be asked and has refused, and queues a title
 * again or drops it. Works beside a running server, which notices within seconds.
 */
final class SeerrCommand {

  static final String RETRY = "retry";
  static final String DROP = "drop";

  private final Settings settings;
  private final PrintWriter out;
  private final PrintWriter err;
  private final SeerrBook book;
  private final InstantSource clock = InstantSource.system();

  SeerrCommand(Settings settings, PrintWriter out, PrintWriter err) {
    this.settings = settings;
    this.out = out;
    this.err = err;
    this.book = new SeerrBook(Outboxes.folder(settings.store()), clock);
  }

  int run(List<String> words) {
    try {
      if (words.isEmpty()) {
        return list();
      }
      boolean isRetry = words.getFirst().equals(RETRY);
      if (words.size() != 2 || !(isRetry || words.getFirst().equals(DROP))) {
        err.println(
            "streamcache: 'seerr' takes no arguments, or 'retry' or 'drop' and the key of a"
                + " title.");
        return Main.CANNOT_START;
      }
      return changed(isRetry ? book.retry(words.get(1)) : book.drop(words.get(1)));
    } catch (IOException e) {
      err.println(
          "streamcache: the journal in "
              + Outboxes.folder(settings.store())
              + " cannot be used ("
              + e.getClass().getSimpleName()
              + "); run this command as the user that the server runs as.");
      return 1;
    }
  }

  private int changed(Optional<SeerrEntry> entry) {
    if (entry.isEmpty()) {
      err.println("streamcache: no title has this key; 'streamcache seerr' lists the keys.");
      return 1;
    }
    print(entry.get());
    return 0;
  }

  /** If Seerr does not respond, the list is still printed and the command succeeds. */
  private int list() throws IOException {
    out.println(listens());
    List<SeerrEntry> entries = book.entries();
    if (entries.isEmpty()) {
      out.println("No failed titles.");
    }
    entries.forEach(this::print);
    return 0;
  }

  private String listens() {
    if (settings.seerr().isEmpty()) {
      return "Off: SEERR_URL and SEERR_API_KEY are not set.";
    }
    try (Caller caller = new Caller(Server.AGENT)) {
      SeerrCheck check = SeerrCheck.of(settings.seerr().get(), caller);
      String mode = settings.seerr().get().dryRun() ? " Dry run: nothing is sent." : "";
      return (check.isGood() ? "Connected to Seerr " : "Seerr cannot be used: ")
          + check.words()
          + "."
          + mode;
    }
  }

  private void print(SeerrEntry entry) {
    Instant now = clock.instant();
    String due =
        entry.isQueued() && entry.due().isAfter(now)
            ? " (in " + brief(Duration.between(now, entry.due())) + ")"
            : "";
    out.println(
        "%s  %-14s %s  %s  %s%s: %s"
            .formatted(
                entry.id(),
                entry.state(),
                entry.changed().truncatedTo(ChronoUnit.SECONDS),
                entry.host(),
                entry.name(),
                due,
                entry.words()));
  }

  private static String brief(Duration wait) {
    return wait.toHours() > 0 ? wait.toHours() + " h" : wait.toMinutes() + 1 + " min";
  }
}
