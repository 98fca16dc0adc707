package streamcache.cli;

import java.util.ArrayList;
import java.util.List;

/** What the doctor command has found, in order. One thread. */
final class Findings {

  /** How a finding is marked. */
  enum Mark {
    /** As it should be. */
    OK,
    /** Nothing to mend, but good to know. */
    NOTE,
    /** To be mended. */
    FIX
  }

  /**
   * One finding.
   *
   * @param what it is about, in a word or two
   * @param text a sentence, which says what to do if there is anything to do; holds no secret
   */
  record Finding(Mark mark, String what, String text) {
    String line() {
      return "%-5s %s: %s".formatted(mark, what, text);
    }
  }

  private final List<Finding> all = new ArrayList<>();

  void good(String what, String text) {
    add(Mark.OK, what, text);
  }

  void note(String what, String text) {
    add(Mark.NOTE, what, text);
  }

  void bad(String what, String text) {
    add(Mark.FIX, what, text);
  }

  void say(boolean isGood, String what, String text) {
    add(isGood ? Mark.OK : Mark.FIX, what, text);
  }

  /** Texts may name what a server or a proxy has sent. */
  private void add(Mark mark, String what, String text) {
    all.add(new Finding(mark, what, Printable.of(text)));
  }

  List<Finding> all() {
    return List.copyOf(all);
  }

  int problems() {
    return (int) all.stream().filter(finding -> finding.mark() == Mark.FIX).count();
  }
}
