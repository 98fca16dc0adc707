package streamcache.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import picocli.CommandLine.Model.CommandSpec;
import streamcache.catalog.CatalogSource;
import streamcache.catalog.LibraryException;
import streamcache.catalog.LibraryFolder;
import streamcache.catalog.LinkMaker;
import streamcache.catalog.PlaylistImport;
import streamcache.link.BadLink;
import streamcache.link.KeyFileException;
import streamcache.link.KeyRing;
import streamcache.link.LinkForm;
import streamcache.link.Links;
import streamcache.settings.Settings;

/** The import command: fills a folder with the .strm files of what a provider lists. */
final class ImportCommand {

  static final String MEANING =
      "Fills a folder with .strm files for the films and series of a playlist or an Xtream panel.";

  static final String PLAYLIST = "m3u";

  /** Keeps a password out of process lists and of the history of a shell. */
  static final String URL_VARIABLE = "STREAMCACHE_IMPORT_URL";

  /** Some entries could not be written, or the source or the disk ended early. */
  private static final int PARTLY = 1;

  private static final int NOTHING_DONE = 2;

  private final Settings settings;
  private final Map<String, String> environment;
  private final InputStream in;
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean isTerminal;

  /**
   * @param in read if the source is a minus sign
   * @param isTerminal whether somebody watches {@code err}, for whom progress is shown
   */
  ImportCommand(
      Settings settings,
      Map<String, String> environment,
      InputStream in,
      PrintWriter out,
      PrintWriter err,
      boolean isTerminal) {
    this.settings = settings;
    this.environment = environment;
    this.in = in;
    this.out = out;
    this.err = err;
    this.isTerminal = isTerminal;
  }

  static CommandSpec describe(CommandSpec spec) {
    ImportOptions.addTo(spec);
    return spec.addPositional(
            Main.positional("KIND", "0..1", PLAYLIST + " or " + XtreamCommand.PANEL))
        .addPositional(
            Main.positional(
                "SOURCE",
                "0..1",
                "file or URL of the playlist; - reads standard input; may be left out if "
                    + URL_VARIABLE
                    + " holds the URL. Or the URL of the panel; user and password come from "
                    + XtreamCommand.USER
                    + " and "
                    + XtreamCommand.PASSWORD))
        .addPositional(Main.positional("FOLDER", "0..1", "folder of the library"));
  }

  int run(Invocation call) {
    boolean isJson = call.has(ImportOptions.JSON);
    ProgressBar bar = new ProgressBar(err, isTerminal && !isJson, System::nanoTime);
    ImportReport report = new ImportReport(out, err, isJson, bar);
    if (!call.words().isEmpty() && call.words().getFirst().equals(XtreamCommand.PANEL)) {
      return new XtreamCommand(settings, environment, report).run(call);
    }
    try {
      List<String> words = words(call);
      ImportOptions options = ImportOptions.of(call, PLAYLIST);
      LinkMaker links = links(settings, call, report);
      CountedSource source = new CountedSource(source(words.get(1), call, report));
      long size = source.size();
      try (PlaylistImport playlist =
              PlaylistImport.open(source, options.selection(), links.links());
          LibraryFolder library =
              LibraryFolder.open(Path.of(words.get(2)), options.rules(), links, report)) {
        LongConsumer progress = entries -> report.entries(entries, source.read(), size);
        return told(() -> playlist.into(library, progress), options.rules().isDryRun(), report);
      }
    } catch (BadLink | LibraryException | IOException e) {
      report.accept(String.valueOf(e.getMessage()));
      return NOTHING_DONE;
    }
  }

  private interface Filling {
    PlaylistImport.Outcome fill() throws LibraryException;
  }

  private static int told(Filling filling, boolean isDryRun, ImportReport report) {
    try {
      PlaylistImport.Outcome outcome = filling.fill();
      outcome.broken().ifPresent(report);
      report.print(outcome.summary(), outcome.omitted(), isDryRun);
      return report.isClean() ? 0 : PARTLY;
    } catch (LibraryException e) {
      report.accept(String.valueOf(e.getMessage()));
      return PARTLY;
    }
  }

  /** Kind, source and folder; the source may stand in the environment. */
  private List<String> words(Invocation call) throws BadLink {
    List<String> words = call.words();
    String url = environment.getOrDefault(URL_VARIABLE, "");
    boolean isKnown = !words.isEmpty() && words.getFirst().equals(PLAYLIST);
    if (isKnown && words.size() == 2 && !url.isBlank()) {
      return List.of(words.getFirst(), url, words.get(1));
    }
    if (isKnown && words.size() == 3) {
      return words;
    }
    throw new BadLink(
        "Write 'streamcache import m3u PLAYLIST FOLDER'; PLAYLIST is a file, a URL, or - for"
            + " standard input.");
  }

  private CatalogSource source(String word, Invocation call, ImportReport report)
      throws BadLink, KeyFileException {
    if (word.equals("-")) {
      return new StandardInput(in);
    }
    String start = word.substring(0, Math.min(8, word.length())).toLowerCase(Locale.ROOT);
    if (start.startsWith("http://") || start.startsWith("https://")) {
      return FetchedPlaylist.of(gate(settings, environment, call, report), word, report::say);
    }
    return new PlaylistFile(Path.of(word));
  }

  /** The way to a provider; the caller closes it. */
  static CommandGate gate(
      Settings settings, Map<String, String> environment, Invocation call, ImportReport report)
      throws KeyFileException {
    Links accepted =
        new Links(
            new ServerKeys(settings, report::say).open(),
            settings.fill().providers()::dropParameters);
    return new CommandGate(
        settings, () -> RunningServer.settings(settings, call.flags(), environment), accepted);
  }

  static LinkMaker links(Settings settings, Invocation call, ImportReport report)
      throws BadLink, KeyFileException {
    LinkForm form = LinkOptions.form(call).orElse(LinkForm.SEALED);
    Optional<Duration> lifetime = LinkOptions.lifetime(call);
    if (form == LinkForm.PLAIN && lifetime.isPresent()) {
      throw new BadLink("A plain link cannot expire; make signed or sealed ones.");
    }
    KeyRing keys =
        form == LinkForm.PLAIN ? KeyRing.empty() : new ServerKeys(settings, report::say).open();
    Links links = new Links(keys, settings.fill().providers()::dropParameters);
    return new LinkMaker(
        links, form, LinkBase.of(settings.rooms()), lifetime, InstantSource.system());
  }
}
