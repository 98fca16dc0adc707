package streamcache.cli;

import java.io.Console;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import streamcache.catalog.EntryKind;
import streamcache.catalog.LibraryException;
import streamcache.catalog.LibraryFolder;
import streamcache.catalog.LinkMaker;
import streamcache.catalog.Selection;
import streamcache.link.BadLink;
import streamcache.link.HttpUrl;
import streamcache.link.KeyFileException;
import streamcache.link.KeyRules;
import streamcache.link.XtreamAccount;
import streamcache.settings.Settings;
import streamcache.xtream.Rest;
import streamcache.xtream.XtreamImport;
import streamcache.xtream.XtreamResult;
import streamcache.xtream.XtreamScope;

/** The import command for an Xtream panel. */
final class XtreamCommand {

  static final String PANEL = "xtream";

  static final String USER = "XTREAM_USER";
  static final String PASSWORD = "XTREAM_PASSWORD";

  private static final int COMPLETE = 0;

  /** Some parts or entries are missing. */
  private static final int PARTLY = 1;

  private static final int NOTHING_DONE = 2;

  private final Settings settings;
  private final Map<String, String> environment;
  private final ImportReport report;

  XtreamCommand(Settings settings, Map<String, String> environment, ImportReport report) {
    this.settings = settings;
    this.environment = environment;
    this.report = report;
  }

  int run(Invocation call) {
    try {
      List<String> words = call.words();
      if (words.size() != 3) {
        throw new BadLink(
            "Write 'streamcache import xtream URL FOLDER', with a URL such as"
                + " http://panel.example.org:8080.");
      }
      KeyRules rules = settings.fill().providers()::dropParameters;
      XtreamAccount account = account(words.get(1), rules);
      ImportOptions options = ImportOptions.of(call, XtreamImport.source(account));
      LinkMaker maker = ImportCommand.links(settings, call, report);
      Path folder = Path.of(words.get(2)).toAbsolutePath();
      try (CommandGate gate = ImportCommand.gate(settings, environment, call, report)) {
        XtreamResult result =
            new XtreamImport(
                    account,
                    gate,
                    new XtreamScope(
                        selection(options, call),
                        settings.imports().pause(),
                        options.rules().isDryRun()),
                    Rest.real(),
                    InstantSource.system(),
                    report.news())
                .run(folder, () -> LibraryFolder.open(folder, options.rules(), maker, report));
        return told(result, options);
      }
    } catch (BadLink | KeyFileException | LibraryException e) {
      report.accept(String.valueOf(e.getMessage()));
      return NOTHING_DONE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return PARTLY;
    }
  }

  /** Films and series, unless the call names kinds. */
  private static Selection selection(ImportOptions options, Invocation call) {
    Selection selection = options.selection();
    return call.option(ImportOptions.KIND).isPresent()
        ? selection
        : new Selection(
            selection.groups(), selection.names(), EnumSet.of(EntryKind.FILM, EntryKind.SERIES));
  }

  private int told(XtreamResult result, ImportOptions options) {
    result.problems().forEach(report);
    result
        .summary()
        .ifPresent(summary -> report.print(summary, result.omitted(), options.rules().isDryRun()));
    if (result.summary().isEmpty()) {
      return NOTHING_DONE;
    }
    return report.isClean() ? COMPLETE : PARTLY;
  }

  private XtreamAccount account(String written, KeyRules rules) throws BadLink {
    HttpUrl url = HttpUrl.parse(written);
    boolean hasPassword =
        url.userinfo().filter(info -> info.contains(":")).isPresent()
            || url.target().contains("password=");
    if (hasPassword) {
      throw new BadLink(
          "Leave the password out of the URL, since other users of this machine see it in the list"
              + " of processes; put it in the environment as "
              + PASSWORD
              + ", or type it when asked.");
    }
    String user =
        Optional.ofNullable(environment.get(USER))
            .filter(name -> !name.isBlank())
            .or(url::user)
            .orElseThrow(() ->
                new BadLink(
                    "The user is missing; put it in the environment as "
                        + USER
                        + ", or in front of the panel's host, with an @ between the two."));
    return XtreamAccount.of(url, user, password(user), rules);
  }

  private String password(String user) throws BadLink {
    String given = environment.getOrDefault(PASSWORD, "");
    if (!given.isBlank()) {
      return given;
    }
    char[] typed =
        Optional.ofNullable(System.console())
            .filter(Console::isTerminal)
            .map(console -> console.readPassword("Password of %s at the panel: ", user))
            .orElse(new char[0]);
    if (typed.length == 0) {
      throw new BadLink(
          "The password is missing; put it in the environment as "
              + PASSWORD
              + ", or run this command on a terminal and type it.");
    }
    return new String(typed);
  }
}
