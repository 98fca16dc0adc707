package streamcache.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import streamcache.link.SafeText;
import streamcache.origin.ProviderProfiles;
import streamcache.settings.KnownNames;
import streamcache.settings.Setting;
import streamcache.settings.Settings;
import streamcache.settings.SettingsException;
import streamcache.settings.SettingsTable;

/** The command line. Without a command, it starts the server. */
public final class Main {

  /** The settings are wrong or a resource cannot be used: nothing was started. */
  static final int CANNOT_START = 2;

  /** A bug in this program. */
  private static final int BROKEN = 1;

  /**
   * The way services and containers start it, with nothing to parse. The classes of the parser are
   * too old for an AOT cache and would cost a quarter of a second (docs/performance.md).
   */
  private static final String[] JUST_SERVE = {"serve"};

  /** The commands that need to know where a running server listens, or what its key is. */
  private static final Set<String> BESIDE_A_SERVER =
      Set.of(
          "api-key",
          "complete",
          "doctor",
          "evict",
          "health",
          "import",
          "keep",
          "key",
          "link",
          "password",
          "pin",
          "plays",
          "prewarm",
          "status",
          "strm",
          "titles",
          "top");

  private final PrintWriter out;
  private final PrintWriter err;

  private Main(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, /* autoFlush= */ true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, /* autoFlush= */ true, StandardCharsets.UTF_8);
    Thread.setDefaultUncaughtExceptionHandler((_, bug) -> Crash.tell(bug, err));
    Main main = new Main(out, err);
    boolean serves = arguments.length == 0 || Arrays.equals(arguments, JUST_SERVE);
    System.exit(serves ? main.run(Invocation.of("serve")) : main.parse(arguments));
  }

  private int parse(String[] arguments) {
    Logging.configureCommand();
    return commandLine().execute(arguments);
  }

  private CommandLine commandLine() {
    CommandSpec root = withSettings("Starts the server (the default command).", /* shown= */ true);
    root.name("streamcache");
    CommandLine line = new CommandLine(root);
    line.addSubcommand("serve", withSettings("Starts the server.", /* shown= */ true));
    line.addSubcommand("config", command("Prints the effective settings with secrets masked."));
    line.addSubcommand(
        "doctor",
        command(Doctor.MEANING)
            .addOption(option(Doctor.REPORT, "print what to paste into a bug report"))
            .addOption(
                option(
                    Doctor.ASK_PROVIDERS, "also ask the home pages of providers of played films"))
            .addPositional(positional("LINK", "0..1", "URL or link whose provider to ask")));
    line.addSubcommand(
        "link",
        command(
                "Prints the line for a .strm file: a sealed link that hides the URL and its password.")
            .addOption(option(LinkOptions.SIGNED, "print a signed link, which shows the URL"))
            .addOption(option(LinkOptions.PLAIN, "print a plain link, for use at home only"))
            .addOption(option(LinkOptions.EXPIRES, "TIME", "time until the link expires, e.g. 7d"))
            .addOption(option(LinkCommand.OPEN, "explain a link, with secrets masked"))
            .addOption(option(LinkCommand.REVEAL, "with --open: show the secrets as well"))
            .addPositional(
                positional(
                    "URL",
                    "1",
                    "URL of the film at its provider; - reads one URL per line and prints one link"
                        + " per line")));
    line.addSubcommand("import", ImportCommand.describe(command(ImportCommand.MEANING)));
    line.addSubcommand("strm", StrmCommand.describe(command(StrmCommand.MEANING)));
    line.addSubcommand(
        "key",
        command("Shows the keys that links are made and read with; 'rotate' makes a new one.")
            .addPositional(positional("ACTION", "0..1", KeyCommand.ROTATE)));
    line.addSubcommand("status", ofServer("Shows the running server at a glance."));
    line.addSubcommand(
        "top",
        command(TopCommand.MEANING)
            .addOption(option(TopCommand.ONCE, "print once, without drawing"))
            .addOption(option(TitlesCommand.JSON, "print JSON, once")));
    line.addSubcommand("titles", TitlesCommand.describe(ofServer(TitlesCommand.MEANING)));
    line.addSubcommand(
        "plays", ofServer("Lists the requests of players that the running server is answering."));
    line.addSubcommand(
        "evict",
        ofTitle("Deletes what the running server has stored of a title.")
            .addOption(option(TitleCommand.WHEN_FREE, "if it is in use, as soon as it is not")));
    line.addSubcommand(
        "pin",
        ofTitle("Keeps a title of the running server from eviction.")
            .addOption(option(TitleCommand.REMOVE, "let it be evicted again")));
    line.addSubcommand(
        "keep",
        ofTitle("Gives you the file of a complete title, by a second name in kept/ of the cache.")
            .addOption(option(TitleCommand.REMOVE, "take the second name away again")));
    line.addSubcommand(
        "complete",
        ofTitle("Has the running server fetch the rest of a title although nobody plays it."));
    line.addSubcommand(
        "prewarm",
        ofServer(PrewarmCommand.MEANING)
            .addOption(option(PrewarmCommand.ALL, "fetch all of each title"))
            .addOption(option(PrewarmCommand.NO_WAIT, "do not wait until they are fetched"))
            .addPositional(
                positionals("WHAT", 0, "URLs, links, .strm files, and folders with such files")));
    line.addSubcommand(
        "api-key",
        command("Lists the keys to the API; 'add' makes one and prints it once, 'remove' ends one.")
            .addOption(option(ApiKeyCommand.ROLE, "ROLE", "with add: read or operate"))
            .addPositional(positional("ACTION", "0..1", "add, remove or list"))
            .addPositional(positional("NAME", "0..1", "name of the program that uses the key")));
    line.addSubcommand(
        "password", command("Sets the password of the page at /admin; from a terminal or a pipe."));
    line.addSubcommand(
        "seerr",
        command(
                "Lists the titles that Seerr was asked or will be asked to replace, and those it refused.")
            .addPositional(
                positional("ACTION", "0..1", SeerrCommand.RETRY + " or " + SeerrCommand.DROP))
            .addPositional(positional("KEY", "0..1", "key of a title, as listed")));
    line.addSubcommand(
        "providers",
        command("Shows the settings of each provider and what was learned about it.")
            .addPositional(
                positional("HOST", "0..1", "one provider, e.g. panel.example.org:8080")));
    line.addSubcommand(
        "health", command("Asks the running server for its health; exit code 0 means healthy."));
    line.setOut(out).setErr(err);
    line.setExecutionStrategy(executionStrategy());
    line.setParameterExceptionHandler(mistake());
    line.setUnmatchedOptionsArePositionalParams(false);
    return line;
  }

  private static CommandSpec command(String what) {
    CommandSpec spec = withSettings(what, /* shown= */ false);
    spec.usageMessage()
        .footer(
            "",
            "Every setting is an option, too, such as --config-dir=VALUE;",
            "'streamcache --help' lists them.");
    return spec;
  }

  /**
   * Every command accepts every setting as a flag.
   *
   * @param shown whether its help lists them
   */
  private static CommandSpec withSettings(String what, boolean shown) {
    CommandSpec spec =
        CommandSpec.create()
            .version("streamcache " + Version.current())
            .mixinStandardHelpOptions(true);
    spec.usageMessage().description(what).sortOptions(false).abbreviateSynopsis(true);
    for (Setting<?> setting : SettingsTable.all()) {
      spec.addOption(
          OptionSpec.builder(setting.flag())
              .type(String.class)
              .paramLabel("VALUE")
              .hidden(!shown)
              .description(setting.meaning().replace("%", "%%"))
              .build());
    }
    return spec;
  }

  /** A command that asks the running server, or another node of its cluster. */
  static CommandSpec ofServer(String meaning) {
    return command(meaning)
        .addOption(option(TitlesCommand.JSON, "print JSON"))
        .addOption(
            option(TitlesCommand.NODE, "PLACE", "ask that node of the cluster, e.g. one:7800"));
  }

  /** A command that has the running server do something with one title. */
  private static CommandSpec ofTitle(String meaning) {
    return ofServer(meaning)
        .addPositional(positional("ID", "1", "id of the title, as 'titles' lists it"));
  }

  static PositionalParamSpec positional(String label, String arity, String what) {
    return PositionalParamSpec.builder()
        .type(String.class)
        .paramLabel(label)
        .arity(arity)
        .required(arity.equals("1"))
        .description(what)
        .build();
  }

  /**
   * One or more arguments, after all others.
   *
   * @param before how many others there are
   */
  static PositionalParamSpec positionals(String label, int before, String what) {
    return PositionalParamSpec.builder()
        .index(before + "..*")
        .type(List.class)
        .auxiliaryTypes(String.class)
        .paramLabel(label)
        .arity("1..*")
        .required(true)
        .description(what)
        .build();
  }

  /** A switch of one command. */
  static OptionSpec option(String name, String what) {
    return OptionSpec.builder(name).type(boolean.class).description(what).build();
  }

  static OptionSpec option(String name, String label, String what) {
    return OptionSpec.builder(name).type(String.class).paramLabel(label).description(what).build();
  }

  private IExecutionStrategy executionStrategy() {
    return parsed -> {
      Integer help = CommandLine.executeHelpRequest(parsed);
      return help != null ? help : runSafely(ParsedCall.of(parsed));
    };
  }

  /**
   * Without this, the parser would print the stack trace with everything that its messages contain.
   */
  private int runSafely(Invocation call) {
    try {
      return run(call);
    } catch (RuntimeException bug) {
      Crash.tell(bug, err);
      return BROKEN;
    }
  }

  /** The arguments may contain a URL, and container logs keep the error message. */
  private static IParameterExceptionHandler mistake() {
    return (mistake, _) -> {
      PrintWriter err = mistake.getCommandLine().getErr();
      err.println("streamcache: " + SafeText.of(String.valueOf(mistake.getMessage())));
      suggestion(mistake).ifPresent(name -> err.println("Did you mean " + name + "?"));
      err.println("Try 'streamcache --help'.");
      return CANNOT_START;
    };
  }

  /**
   * The option that was probably meant; the parser's own suggestion only counts letters in common.
   */
  private static Optional<String> suggestion(ParameterException mistake) {
    if (!(mistake instanceof UnmatchedArgumentException unmatched)) {
      return Optional.empty();
    }
    String written = unmatched.getUnmatched().getFirst().replaceFirst("=.*", "");
    return KnownNames.nearest(
        written,
        mistake.getCommandLine().getCommandSpec().options().stream().map(OptionSpec::longestName));
  }

  private static ProviderProfiles profiles(Settings settings) {
    return ProviderProfiles.open(
        settings.store().folder().resolve(Server.HABITS), InstantSource.system());
  }

  private static boolean isTerminal() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  private OwnApi api(Settings settings, Invocation call) {
    return new OwnApi(settings, call.option(TitlesCommand.NODE), err);
  }

  private int run(Invocation call) {
    Settings settings;
    try {
      Settings own = Settings.load(call.flags(), System.getenv());
      settings =
          BESIDE_A_SERVER.contains(call.command())
              ? RunningServer.settings(own, call.flags(), System.getenv())
              : own;
    } catch (SettingsException e) {
      e.problems().forEach(problem -> err.println("streamcache: " + problem));
      return CANNOT_START;
    }
    return switch (call.command()) {
      case "config" -> new ConfigCommand(settings, out, err).run();
      case "doctor" -> new Doctor(settings, System.getenv(), out).run(call);
      case "link" ->
          new LinkCommand(settings, () -> LinkReach.ofThisMachine(settings), System.in, out, err)
              .run(call);
      case "strm" -> new StrmCommand(settings, out, err, isTerminal()).run(call);
      case "import" ->
          new ImportCommand(settings, System.getenv(), System.in, out, err, isTerminal()).run(call);
      case "key" -> new KeyCommand(settings.link(), out, err).run(call.words());
      case "status" -> new StatusCommand(api(settings, call), out).run(call);
      case "top" -> new TopCommand(settings, System.in, out, err, isTerminal()).run(call);
      case "titles" -> new TitlesCommand(api(settings, call), out, err).run(call);
      case "plays" -> new PlaysCommand(api(settings, call), out).run(call);
      case "evict" -> new TitleCommand(api(settings, call), out, err).evict(call);
      case "pin" -> new TitleCommand(api(settings, call), out, err).pin(call);
      case "keep" -> new TitleCommand(api(settings, call), out, err).keep(call);
      case "complete" -> new TitleCommand(api(settings, call), out, err).complete(call);
      case "prewarm" -> new PrewarmCommand(api(settings, call), out, err, isTerminal()).run(call);
      case "api-key" -> new ApiKeyCommand(settings.configFolder(), out, err).run(call);
      case "password" -> new PasswordCommand(settings.configFolder(), System.in, out, err).run();
      case "seerr" -> new SeerrCommand(settings, out, err).run(call.words());
      case "providers" -> new ProvidersCommand(settings, profiles(settings), out).run(call.words());
      case "health" -> HealthCommand.ask(settings, out);
      default -> new Serve(settings, out, err).run();
    };
  }
}
