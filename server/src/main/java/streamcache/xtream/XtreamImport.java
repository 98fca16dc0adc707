package streamcache.xtream;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import streamcache.catalog.CatalogEntry;
import streamcache.catalog.EntryKind;
import streamcache.catalog.Library;
import streamcache.catalog.LibraryException;
import streamcache.link.XtreamAccount;

/**
 * One import of an account into a library. What was read of series is kept in the library's folder,
 * so that an import that is broken off goes on where it was, and the next one asks only about
 * series that have changed. One thread; blocks, for hours if there are many new series.
 */
public final class XtreamImport {

  private final XtreamAccount account;
  private final PanelGate gate;
  private final XtreamScope scope;
  private final InstantSource clock;
  private final XtreamNews news;
  private final PanelClient client;
  private final XtreamEntries entries;
  private final List<String> problems = new ArrayList<>();
  private long omitted;

  /**
   * @param news receives a sentence for each step and each wait
   */
  public XtreamImport(
      XtreamAccount account,
      PanelGate gate,
      XtreamScope scope,
      Rest rest,
      InstantSource clock,
      XtreamNews news) {
    this.account = account;
    this.gate = gate;
    this.scope = scope;
    this.clock = clock;
    this.news = news;
    this.client = new PanelClient(account, gate, scope.pause(), rest, news);
    this.entries = new XtreamEntries(account);
  }

  /** What a library of this account is filled from, so that no two accounts share a library. */
  public static String source(XtreamAccount account) {
    return "xtream " + account.id();
  }

  /** Opens the library. */
  public interface Opening {
    Library open() throws LibraryException;
  }

  /**
   * Runs the import; to be called once. Removes nothing from the library unless every part was read
   * to its end.
   *
   * @param folder of the library
   * @param opening is not called if the panel refuses the account
   * @throws LibraryException if the folder cannot be written
   */
  public XtreamResult run(Path folder, Opening opening)
      throws LibraryException, InterruptedException {
    try {
      check();
    } catch (PanelException e) {
      return new XtreamResult(Optional.empty(), 0, List.of(sentence(e, "the account")));
    }
    try (Library library = opening.open()) {
      try (ImportState state = ImportState.of(folder, scope.isDryRun())) {
        read(library, state);
      }
      return new XtreamResult(Optional.of(library.finish(problems.isEmpty())), omitted, problems);
    }
  }

  private void read(Library library, ImportState state)
      throws LibraryException, InterruptedException {
    for (EntryKind kind : EnumSet.copyOf(scope.selection().kinds())) {
      try {
        read(kind, library, state);
      } catch (PanelException e) {
        problems.add(sentence(e, PanelLists.of(kind).words()));
      }
    }
  }

  private void check() throws PanelException, LibraryException, InterruptedException {
    AccountInfo info = client.account();
    Optional<String> objection = info.objection(clock.instant());
    if (objection.isPresent()) {
      throw PanelException.refused(account.shownHost() + " " + objection.get());
    }
    info.connections().ifPresent(most -> gate.limit(account.link(), most));
  }

  private void read(EntryKind kind, Library library, ImportState state)
      throws PanelException, LibraryException, InterruptedException {
    PanelLists lists = PanelLists.of(kind);
    news.accept("Reading the " + lists.words() + " of " + account.shownHost() + ".");
    Categories categories = new Categories();
    list(lists.categories(), "category_id", state, categories::add);
    switch (kind) {
      case FILM -> list(lists, state, item -> write(entries.film(item, categories), library));
      case LIVE -> list(lists, state, item -> write(entries.channel(item, categories), library));
      case SERIES -> {
        SequencedMap<String, PanelSeries> all = new LinkedHashMap<>();
        list(
            lists,
            state,
            item -> PanelSeries.of(item, categories).ifPresent(one -> all.put(one.id(), one)));
        series(List.copyOf(all.values()), library, state);
      }
    }
  }

  private void list(PanelLists lists, ImportState state, XtreamAnswers.Receiver to)
      throws PanelException, LibraryException, InterruptedException {
    list(lists.list(), lists.id(), state, to);
  }

  /** An attempt that breaks off is repeated, so the receiver may see an item twice. */
  private void list(String action, String id, ImportState state, XtreamAnswers.Receiver to)
      throws PanelException, LibraryException, InterruptedException {
    boolean _ =
        client.ask(
            PanelLists.action(action),
            state.response(),
            in -> {
              XtreamAnswers.list(in, id, to);
              return true;
            });
  }

  private void series(List<PanelSeries> all, Library library, ImportState state)
      throws PanelException, LibraryException, InterruptedException {
    SeriesReader reader = new SeriesReader(client, state, state.shelf(account.id()), clock);
    List<PanelSeries> wanted = all.stream().filter(this::isWanted).toList();
    omitted += all.size() - wanted.size();
    reader.read(wanted, (series, episode) -> library.write(entries.episode(series, episode)), news);
  }

  /** Whether its episodes are selected, by what they have in common: then the panel is asked. */
  private boolean isWanted(PanelSeries series) {
    PanelEpisode any = new PanelEpisode("0", 1, 1, "", "mp4");
    return scope.selection().holds(entries.episode(series, any));
  }

  private void write(Optional<CatalogEntry> entry, Library library) throws LibraryException {
    if (entry.isPresent() && scope.selection().holds(entry.get())) {
      library.write(entry.get());
    } else {
      omitted += entry.isPresent() ? 1 : 0;
    }
  }

  private String sentence(PanelException problem, String what) {
    return problem.isFinal()
        ? String.valueOf(problem.getMessage())
        : "The import of %s is incomplete: %s could not be read, because %s."
            .formatted(account.shownHost(), what, problem.getMessage());
  }
}
