package streamcache.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import streamcache.link.SafeText;
import streamcache.origin.HabitBook;
import streamcache.settings.Setting;
import streamcache.settings.Settings;
import streamcache.settings.SettingsException;
import streamcache.settings.SettingsTable;

/** The command line. Without a command it serves. */
public final class Main {

  /** Wrong settings or a place that cannot be used: nothing was started. */
  static final int CANNOT_START = 2;

  /** A bug of ours. */
  private static final int BROKEN = 1;

  private static final String VERSION = "streamcache 1.0.0-SNAPSHOT";

  /**
   * As services and containers start it: nothing to parse. The parser's classes are too old for an
   * AOT cache and would cost a quarter of a second (docs/performance.md).
   */
  private static final String[] JUST_SERVE = {"serve"};

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
    System.exit(serves ? main.run(Call.of("serve")) : main.parse(arguments));
  }

  private int parse(String[] arguments) {
    return commandLine().execute(arguments);
  }

  private CommandLine commandLine() {
    CommandSpec root = command("Serves films through a cache (the command when none is named).");
    root.name("streamcache");
    CommandLine line = new CommandLine(root);
    line.addSubcommand("serve", command("Serves films through a cache."));
    line.addSubcommand("config", command("Prints the settings in force, secrets masked."));
    line.addSubcommand(
        "doctor",
        command("Checks folder, space, file system, clock, port and, given one, a link.")
            .addPositional(positional("LINK", "0..1", "a URL or a link to try")));
    line.addSubcommand(
        "link",
        command("Prints the line for a .strm file: a sealed link, which shows no password.")
            .addOption(option(LinkCommand.SIGNED, "makes a signed link, which shows the URL"))
            .addOption(option(LinkCommand.PLAIN, "makes a plain link, for use at home only"))
            .addOption(option(LinkCommand.EXPIRES, "TIME", "from when on not to play it, as 7d"))
            .addOption(option(LinkCommand.OPEN, "explains a link, with its secrets as ~"))
            .addOption(option(LinkCommand.REVEAL, "with --open: shows the secrets as well"))
            .addPositional(
                positional(
                    "URL", "1", "the film's URL at its provider; - reads one a line from input")));
    line.addSubcommand(
        "key",
        command("Tells which keys links are made and read with; 'rotate' makes a new one.")
            .addPositional(positional("ACTION", "0..1", KeyCommand.ROTATE)));
    line.addSubcommand(
        "seerr",
        command("Lists what Seerr was asked to mend, is to be asked, and would not do.")
            .addPositional(
                positional("ACTION", "0..1", SeerrCommand.RETRY + " or " + SeerrCommand.DROP))
            .addPositional(positional("KEY", "0..1", "of a title, as listed")));
    line.addSubcommand(
        "providers",
        command("Tells what is set for which provider, and what was learned of it.")
            .addPositional(positional("HOST", "0..1", "one provider, as panel.example.org:8080")));
    line.addSubcommand("health", command("Asks the running server whether it is well."));
    line.setOut(out).setErr(err);
    line.setExecutionStrategy(executionStrategy());
    line.setParameterExceptionHandler(mistake());
    line.setUnmatchedOptionsArePositionalParams(false);
    return line;
  }

  /** Every command takes every setting as a flag. */
  private static CommandSpec command(String what) {
    CommandSpec spec = CommandSpec.create().version(VERSION).mixinStandardHelpOptions(true);
    spec.usageMessage().description(what).sortOptions(false);
    for (Setting<?> setting : SettingsTable.all()) {
      spec.addOption(
          OptionSpec.builder(setting.flag())
              .type(String.class)
              .paramLabel("VALUE")
              .description(setting.meaning().replace("%", "%%"))
              .build());
    }
    return spec;
  }

  private static PositionalParamSpec positional(String label, String arity, String what) {
    return PositionalParamSpec.builder()
        .type(String.class)
        .paramLabel(label)
        .arity(arity)
        .required(arity.equals("1"))
        .description(what)
        .build();
  }

  /** A switch of one command. */
  private static OptionSpec option(String name, String what) {
    return OptionSpec.builder(name).type(boolean.class).description(what).build();
  }

  private static OptionSpec option(String name, String label, String what) {
    return OptionSpec.builder(name).type(String.class).paramLabel(label).description(what).build();
  }

  private IExecutionStrategy executionStrategy() {
    return parsed -> {
      Integer help = CommandLine.executeHelpRequest(parsed);
      return help != null ? help : runSafely(ParsedCall.of(parsed));
    };
  }

  /** The parser would print the stack with all that its messages hold. */
  private int runSafely(Call call) {
    try {
      return run(call);
    } catch (RuntimeException bug) {
      Crash.tell(bug, err);
      return BROKEN;
    }
  }

  /** What was typed may hold a URL, and logs of containers keep what is said of it. */
  private static IParameterExceptionHandler mistake() {
    return (mistake, _) -> {
      PrintWriter err = mistake.getCommandLine().getErr();
      err.println("streamcache: " + SafeText.of(String.valueOf(mistake.getMessage())));
      err.println("Try 'streamcache --help'.");
      return CANNOT_START;
    };
  }

  private static HabitBook habits(Settings settings) {
    return HabitBook.open(settings.store().folder().resolve(Server.HABITS), InstantSource.system());
  }

  private int run(Call call) {
    Settings settings;
    try {
      settings = Settings.load(call.flags(), System.getenv());
    } catch (SettingsException e) {
      e.problems().forEach(problem -> err.println("streamcache: " + problem));
      return CANNOT_START;
    }
    return switch (call.command()) {
      case "config" -> {
        settings.effective().forEach(effective -> out.println(effective.line()));
        settings.fill().providers().all().stream()
            .flatMap(block -> block.lines().stream())
            .forEach(out::println);
        settings.warnings().forEach(warning -> err.println("streamcache: " + warning));
        yield 0;
      }
      case "doctor" -> new Doctor(settings, out).examine(call.words().stream().findFirst());
      case "link" -> new LinkCommand(settings, System.in, out, err).run(call);
      case "key" -> new KeyCommand(settings.link(), out, err).run(call.words());
      case "seerr" -> new SeerrCommand(settings, out, err).run(call.words());
      case "providers" -> new ProvidersCommand(settings, habits(settings), out).run(call.words());
      case "health" -> Health.ask(settings, out);
      default -> new Serve(settings, out, err).run();
    };
  }
}
