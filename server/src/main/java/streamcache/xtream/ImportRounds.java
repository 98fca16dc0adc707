package streamcache.xtream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.catalog.EntryKind;
import streamcache.catalog.LibraryException;
import streamcache.catalog.LibraryFolder;
import streamcache.catalog.LibraryRules;
import streamcache.catalog.LibraryRules.Removal;
import streamcache.catalog.LinkMaker;
import streamcache.catalog.MediaServer;
import streamcache.catalog.NameGlob;
import streamcache.catalog.Selection;
import streamcache.durable.AtomicFile;
import streamcache.link.BadLink;
import streamcache.link.HttpUrl;
import streamcache.link.KeyRules;
import streamcache.link.XtreamAccount;
import streamcache.settings.ImportBlock;
import streamcache.settings.ImportKind;
import streamcache.settings.ImportSettings;

/**
 * Keeps the libraries of the import blocks in step with their panels, one after the other on a
 * thread of its own. Owned by the server. When an import was last complete is kept in its folder,
 * so that a restart causes no import.
 */
public final class ImportRounds implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("streamcache");

  private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

  /** After an import that was not complete, unless they are more frequent. */
  private static final Duration AGAIN = Duration.ofHours(1);

  private static final Duration STOP_WITHIN = Duration.ofSeconds(3);

  private final ImportSettings settings;
  private final PanelGate gate;
  private final LinkMaker links;
  private final KeyRules rules;
  private final InstantSource clock;
  private final Map<String, Instant> notBefore = new HashMap<>();
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition stopped = lock.newCondition();
  private boolean isStopping;

  /**
   * @param links makes the links of the libraries
   */
  public ImportRounds(
      ImportSettings settings,
      PanelGate gate,
      LinkMaker links,
      KeyRules rules,
      InstantSource clock) {
    this.settings = settings;
    this.gate = gate;
    this.links = links;
    this.rules = rules;
    this.clock = clock;
    this.thread = Thread.ofPlatform().daemon().name("imports").unstarted(this::run);
  }

  /** Starts the thread if there is anything to import. */
  public void start() {
    if (settings.every().isPresent() && !settings.blocks().isEmpty()) {
      thread.start();
    }
  }

  private void run() {
    try {
      while (true) {
        for (ImportBlock block : settings.blocks()) {
          if (isDue(block)) {
            guarded(block);
          }
        }
        rest(LOOK_EVERY);
      }
    } catch (InterruptedException _) {
      // The server stops.
    }
  }

  private boolean isDue(ImportBlock block) {
    Instant last = Instant.EPOCH;
    try {
      last = Files.getLastModifiedTime(mark(block)).toInstant();
    } catch (IOException _) {
      // It was never complete.
    }
    Instant now = clock.instant();
    boolean isOld = !last.plus(settings.every().orElseThrow()).isAfter(now);
    return isOld && !notBefore.getOrDefault(block.name(), Instant.EPOCH).isAfter(now);
  }

  private void guarded(ImportBlock block) throws InterruptedException {
    Duration every = settings.every().orElseThrow();
    Duration again = every.compareTo(AGAIN) < 0 ? every : AGAIN;
    notBefore.put(block.name(), clock.instant().plus(again));
    try {
      tell(block, imported(block));
    } catch (LibraryException | BadLink e) {
      warn(block, String.valueOf(e.getMessage()));
    } catch (RuntimeException bug) {
      LOG.error("the import {} failed", block.name(), bug);
    }
  }

  private XtreamResult imported(ImportBlock block)
      throws BadLink, LibraryException, InterruptedException {
    XtreamAccount account =
        XtreamAccount.of(
            HttpUrl.parse(block.url().reveal()), block.user(), block.password().reveal(), rules);
    Selection selection = new Selection(NameGlob.ANY, NameGlob.ANY, kinds(block.kinds()));
    LibraryRules library =
        new LibraryRules(
            XtreamImport.source(account),
            MediaServer.JELLYFIN,
            /* describes= */ false,
            block.prunes() ? Removal.AT_MOST_HALF : Removal.NONE,
            /* isDryRun= */ false);
    return new XtreamImport(
            account,
            gate,
            new XtreamScope(selection, settings.pause(), /* isDryRun= */ false),
            this::rest,
            clock,
            words -> LOG.atDebug().addKeyValue("import", block.name()).log(words))
        .run(
            block.folder(),
            () -> LibraryFolder.open(block.folder(), library, links, words -> warn(block, words)));
  }

  private void tell(ImportBlock block, XtreamResult result) {
    result.problems().forEach(problem -> warn(block, problem));
    result
        .summary()
        .ifPresent(summary ->
            LOG.atInfo()
                .addKeyValue("import", block.name())
                .addKeyValue("complete", result.isComplete())
                .addKeyValue("written", summary.written())
                .addKeyValue("unchanged", summary.unchanged())
                .addKeyValue("failed", summary.failed())
                .addKeyValue("removed", summary.removed())
                .log("import-done"));
    if (result.isComplete()) {
      mark(block, clock.instant());
    }
  }

  private static void warn(ImportBlock block, String words) {
    LOG.atWarn()
        .addKeyValue("import", block.name())
        .addKeyValue("reason", words)
        .log("import-problem");
  }

  private static Path mark(ImportBlock block) {
    return block.folder().resolve(ImportState.NAME).resolve("complete");
  }

  private static void mark(ImportBlock block, Instant now) {
    try {
      AtomicFile.replace(mark(block), ByteBuffer.wrap((now + "\n").getBytes(UTF_8)));
    } catch (IOException e) {
      warn(block, "The time of the import cannot be stored, so it is repeated after a restart.");
    }
  }

  private static Set<EntryKind> kinds(Set<ImportKind> written) {
    Set<EntryKind> kinds = EnumSet.noneOf(EntryKind.class);
    for (ImportKind kind : written) {
      kinds.add(
          switch (kind) {
            case FILM -> EntryKind.FILM;
            case SERIES -> EntryKind.SERIES;
            case LIVE -> EntryKind.LIVE;
          });
    }
    return kinds;
  }

  /** Waits; an interrupt is not used, since it would close the files of the library. */
  private void rest(Duration time) throws InterruptedException {
    long left = time.toNanos();
    lock.lock();
    try {
      while (!isStopping && left > 0) {
        left = stopped.awaitNanos(left);
      }
      if (isStopping) {
        throw new InterruptedException("the server stops");
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the current import at its next wait; the next one goes on from there. */
  @Override
  public void close() {
    lock.lock();
    try {
      isStopping = true;
      stopped.signal();
    } finally {
      lock.unlock();
    }
    try {
      boolean _ = thread.getState() == Thread.State.NEW || thread.join(STOP_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
