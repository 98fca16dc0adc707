package streamcache.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import streamcache.durable.Disk;
import streamcache.library.CheckRule;
import streamcache.library.LinkChoice;
import streamcache.library.StrmFilter;
import streamcache.library.StrmRule;
import streamcache.library.StrmRun;
import streamcache.library.UnwrapRule;
import streamcache.library.WrapRule;
import streamcache.link.BadLink;
import streamcache.link.KeyFile;
import streamcache.link.KeyFileException;
import streamcache.link.KeyRing;
import streamcache.link.LinkForm;
import streamcache.link.Links;
import streamcache.settings.BaseUrl;
import streamcache.settings.Settings;

/**
 * The strm command: puts links into the {@code .strm} files of folders, takes them out again,
 * checks and lists them. Without {@code --yes} it writes nothing and says what would change.
 */
final class StrmCommand {

  static final String MEANING =
      "Puts links into the .strm files of folders (wrap), restores what was there (unwrap), checks or"
          + " lists them. Without --yes it only says what would change.";

  static final String YES = "--yes";
  private static final String LIVE = "--live";
  private static final String MATCH = "--match";
  private static final String EXCLUDE = "--exclude";
  private static final String JSON = "--json";

  private static final String ACTIONS = "wrap, unwrap, check or list";

  /** The files are as they should be. */
  private static final int DONE = 0;

  /** Some files could not be read or written, or have a link that does not work. */
  private static final int SOME_FAULTY = 1;

  /** More threads than processors, since they wait for the disk. */
  private static final int THREADS = 2 * Runtime.getRuntime().availableProcessors();

  private final Settings settings;
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean isTerminal;

  /**
   * @param isTerminal whether somebody watches {@code err}, for whom progress is shown
   */
  StrmCommand(Settings settings, PrintWriter out, PrintWriter err, boolean isTerminal) {
    this.settings = settings;
    this.out = out;
    this.err = err;
    this.isTerminal = isTerminal;
  }

  static CommandSpec describe(CommandSpec spec) {
    return spec.addOption(Main.option(YES, "write the files"))
        .addOption(Main.option(LinkOptions.SIGNED, "wrap: signed links, which show the URL"))
        .addOption(Main.option(LinkOptions.PLAIN, "wrap: plain links, for use at home only"))
        .addOption(
            Main.option(LinkOptions.EXPIRES, "TIME", "wrap: time until links expire, e.g. 90d"))
        .addOption(Main.option(LIVE, "wrap: live channels as well"))
        .addOption(
            Main.option(
                MATCH,
                "PATTERN,..",
                "only files that play HOST[:PORT][/PATH]; * stands for any characters"))
        .addOption(Main.option(EXCLUDE, "PATTERN,..", "no files that play these"))
        .addOption(Main.option(JSON, "print one JSON object for each file"))
        .addPositional(Main.positional("ACTION", "1", ACTIONS).toBuilder().index("0").build())
        .addPositional(Main.positionals("DIR", 1, "folders with .strm files"));
  }

  int run(Invocation call) {
    try {
      String action = call.words().getFirst();
      List<Path> folders = folders(call.words().subList(1, call.words().size()));
      StrmRule rule = rule(action, call);
      return apply(rule, folders, report(action, call), call.has(YES));
    } catch (KeyFileException | BadLink e) {
      complain(String.valueOf(e.getMessage()));
      return Main.CANNOT_START;
    }
  }

  /**
   * All of them have to be there, so that a mistyped name does not leave half of the work undone.
   */
  private static List<Path> folders(List<String> words) throws BadLink {
    if (words.isEmpty()) {
      throw new BadLink("Name at least one folder, as in 'streamcache strm wrap /media/films'.");
    }
    List<Path> folders = new ArrayList<>();
    for (String word : words) {
      try {
        folders.add(Path.of(word).toRealPath());
      } catch (IOException | InvalidPathException e) {
        throw new BadLink("There is no folder " + word + ", or it may not be read.");
      }
      if (!Files.isDirectory(folders.getLast())) {
        throw new BadLink(word + " is not a folder; name the folder that the files are in.");
      }
    }
    return folders;
  }

  private StrmRule rule(String action, Invocation call) throws BadLink, KeyFileException {
    StrmFilter filter = new StrmFilter(patterns(call, MATCH), patterns(call, EXCLUDE));
    InstantSource clock = InstantSource.system();
    return switch (action) {
      case "wrap" -> {
        LinkChoice choice = choice(LinkBase.of(settings.rooms()), call);
        Links links = links(choice, call.has(YES));
        yield new WrapRule(links, choice, filter, call.has(LIVE), clock);
      }
      case "unwrap" -> new UnwrapRule(links(), filter);
      case "check", "list" -> {
        Optional<String> wanted = settings.link().baseUrl().map(BaseUrl::toString);
        yield new CheckRule(links(), wanted, filter, clock);
      }
      default -> throw new BadLink("'" + action + "' is none of the actions " + ACTIONS + ".");
    };
  }

  private static List<String> patterns(Invocation call, String option) {
    return call.option(option).stream()
        .flatMap(written -> Stream.of(written.split(",")))
        .filter(pattern -> !pattern.isBlank())
        .map(String::strip)
        .toList();
  }

  private LinkChoice choice(String base, Invocation call) throws BadLink {
    Optional<LinkForm> form = LinkOptions.form(call);
    LinkChoice choice = new LinkChoice(base, form, LinkOptions.lifetime(call));
    if (form.equals(Optional.of(LinkForm.PLAIN)) && choice.lifetime().isPresent()) {
      throw new BadLink("A plain link cannot expire; leave out --plain or --expires.");
    }
    if (settings.link().baseUrl().isEmpty()) {
      LinkReach.ofThisMachine(settings).advice().ifPresent(this::complain);
    }
    return choice;
  }

  /** Only links of another form than the plain one need a key, which is made to write them. */
  private Links links(LinkChoice choice, boolean writes) throws KeyFileException {
    if (choice.form().equals(Optional.of(LinkForm.PLAIN))) {
      return links();
    }
    return new Links(
        writes
            ? new ServerKeys(settings, this::complain).open()
            : Keys.open(settings.link()).orElseGet(KeyFile::passing));
  }

  private Links links() throws KeyFileException {
    return new Links(Keys.open(settings.link()).orElseGet(KeyRing::empty));
  }

  private StrmReport report(String action, Invocation call) {
    if (call.has(JSON)) {
      return new StrmJsonReport(out);
    }
    boolean writes = call.has(YES);
    return action.equals("list") ? new StrmList(out) : new StrmTable(out, action, writes);
  }

  private int apply(StrmRule rule, List<Path> folders, StrmReport report, boolean writes) {
    ProgressBar bar = ProgressBar.begin(folders, err, isTerminal);
    boolean isWhole = true;
    try (StrmRun run =
        new StrmRun(
            rule,
            Disk.system(),
            writes,
            result -> {
              report.accept(result);
              bar.step();
            },
            THREADS)) {
      for (Path folder : folders) {
        report.begin(folder);
        run.tree(folder, () -> false);
      }
    } catch (IOException e) {
      bar.close();
      complain("The disk failed in the middle: " + e.getMessage() + ". Run the command again.");
      isWhole = false;
    }
    bar.close();
    report.end();
    return isWhole && report.faulty() == 0 ? DONE : SOME_FAULTY;
  }

  private void complain(String sentence) {
    err.println("streamcache: " + sentence);
  }
}
