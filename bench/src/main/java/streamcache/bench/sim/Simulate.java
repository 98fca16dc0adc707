package streamcache.bench.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Prints the tables of docs/decisions/0006-scheduler.md, the same ones each time. Started by {@code
 * bench/simulate}.
 */
public final class Simulate {

  private static final int TRACES = 12;

  private static final double[] COOL_DOWNS = {0, 3};

  /** Seconds; about as long as a player waits, and longer. */
  private static final double[] LONG_COOL_DOWNS = {10, 15, 20, 30};

  /** The bandwidth of one connection, in multiples of a film's bitrate. */
  private static final double EASY_LINE = 5;

  private static final double TIGHT_LINE = 2.5;
  private static final double THIN_LINE = 1.6;
  private static final double[] LINES = {EASY_LINE, TIGHT_LINE, THIN_LINE};

  private Simulate() {}

  public static void main(String[] arguments) {
    System.out.printf(
        "%d traces of %.0f min each. Seconds that pictures stood still in mid-play / until the"
            + " first picture / connections opened.%n"
            + "Of ours also: bytes fetched twice (parts of a hundred of what was delivered),"
            + " refusals, attempts beyond the limit.%n",
        TRACES, SceneTrace.LENGTH / 60);
    for (int connections : new int[] {1, 2}) {
      for (Viewership audience :
          List.of(Viewership.of(1, 1), Viewership.of(2, 1), Viewership.of(2, 2))) {
        begin("K = %d, %s".formatted(connections, audience));
        for (double coolDown : COOL_DOWNS) {
          for (double line : LINES) {
            Terms terms = Terms.of(connections, line, coolDown);
            row("C = %.0f, B = %.1f".formatted(coolDown, line), terms, audience);
          }
        }
      }
    }
    special();
  }

  /** Prints the cases that the main table leaves out. */
  private static void special() {
    begin("K = 1, others");
    Viewership two = Viewership.of(2, 2);
    row("C = 0, B = 2.5, " + two.withoutWishes(), Terms.of(1, TIGHT_LINE, 0), two.withoutWishes());
    row("C = 3, B = 2.5, " + two.withoutWishes(), Terms.of(1, TIGHT_LINE, 3), two.withoutWishes());
    Viewership remux = Viewership.of(1, 1).withRemux();
    row("C = 0, B = 5.0, " + remux, Terms.of(1, EASY_LINE, 0), remux);
    Viewership three = Viewership.of(3, 3);
    row("C = 0, B = 5.0, " + three, Terms.of(1, EASY_LINE, 0), three);
    admission(two);
    longCoolDowns(two.withoutWishes());
    longCoolDowns(two);
  }

  /** Compares admission with sharing where the bandwidth suffices for one film. */
  private static void admission(Viewership two) {
    List<Rule> rules = List.of(Rule.RCLONE_LIKE, Rule.OURS, Rule.OURS_SHARING);
    begin("K = 1, %s, of which the first viewer stood still".formatted(two), rules, List.of());
    for (double coolDown : COOL_DOWNS) {
      List<String> cells = new ArrayList<>();
      cells.add("C = %.0f, B = %.1f".formatted(coolDown, THIN_LINE));
      for (Rule rule : rules) {
        cells.add(firstCell(rule.outcome(Terms.of(1, THIN_LINE, coolDown), two, TRACES)));
      }
      System.out.println(line(cells));
    }
  }

  /** Prints what happens where each swap takes longer than a player waits. */
  private static void longCoolDowns(Viewership two) {
    List<Rule> rules = List.of(Rule.RCLONE_LIKE, Rule.OURS);
    begin("K = 1, %s, long cool-downs".formatted(two), rules, List.of("refused"));
    for (double coolDown : LONG_COOL_DOWNS) {
      for (double line : new double[] {EASY_LINE, TIGHT_LINE}) {
        Terms terms = Terms.of(1, line, coolDown);
        Outcome ours = Rule.OURS.outcome(terms, two, TRACES);
        System.out.println(
            line(
                List.of(
                    "C = %.0f, B = %.1f".formatted(coolDown, line),
                    firstCell(Rule.RCLONE_LIKE.outcome(terms, two, TRACES)),
                    firstCell(ours),
                    String.format(Locale.ROOT, "%.1f", ours.refusals()))));
      }
    }
  }

  private static void begin(String title) {
    begin(title, Rule.ALL, List.of("twice, refused, beyond"));
  }

  private static void begin(String title, List<Rule> rules, List<String> last) {
    List<String> heads = new ArrayList<>(List.of(""));
    rules.forEach(rule -> heads.add(rule.name()));
    heads.addAll(last);
    System.out.printf("%n### %s%n%s%n%s%n", title, line(heads), "|---".repeat(heads.size()) + "|");
  }

  private static void row(String name, Terms terms, Viewership audience) {
    List<String> cells = new ArrayList<>(List.of(name));
    for (Rule rule : Rule.ALL) {
      cells.add(cell(rule.outcome(terms, audience, TRACES)));
    }
    Outcome ours = Rule.OURS.outcome(terms, audience, TRACES);
    cells.add(
        String.format(
            Locale.ROOT,
            "%.2f %%, %.1f, %.0f",
            ours.duplicateShare(),
            ours.refusals(),
            ours.exceeded()));
    System.out.println(line(cells));
  }

  private static String cell(Outcome outcome) {
    return String.format(
        Locale.ROOT, "%.1f / %.1f / %.0f", outcome.stall(), outcome.startUp(), outcome.opens());
  }

  private static String firstCell(Outcome outcome) {
    return String.format(Locale.ROOT, "%s; %.1f", cell(outcome), outcome.firstStall());
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |";
  }
}
