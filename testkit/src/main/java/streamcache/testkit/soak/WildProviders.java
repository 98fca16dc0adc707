package streamcache.testkit.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import streamcache.testkit.Content;
import streamcache.testkit.Cut;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.Wire;

/**
 * One provider of each {@link WildKind}, each an account of its own with a film, that also cuts
 * some of its responses: most of these faults show when a film is resumed. Owned by a soak.
 */
final class WildProviders implements AutoCloseable {

  private static final int MIB = 1 << 20;

  /** One response in this many is cut, the first of each film included. */
  private static final int CUT = 3;

  /**
   * What one playback may cost beyond the whole film: bytes that are compared where two responses
   * meet, and those in flight when a response is given up.
   */
  private static final long BESIDE = 2 * MIB;

  /** One provider and its film. */
  private record Panel(ScriptedOrigin origin, Soak.Title film) {}

  private final List<Panel> panels = new ArrayList<>();

  /**
   * @param link creates the target of a link from a URL
   */
  WildProviders(long seed, UnaryOperator<String> link) {
    long number = seed + 1000;
    for (WildKind kind : WildKind.values()) {
      ScriptedOrigin origin = ScriptedOrigin.start();
      number++;
      Content content = WildKind.film(number, 3L * MIB + 13);
      String path = "/" + kind + ".mp4";
      Script script = Script.of(content).pace(24L * MIB).type("video/mp4");
      origin.on(path, wire -> kind.answer(wire, cut(wire, script)));
      panels.add(new Panel(origin, new Soak.Title(path, content, link.apply(origin.url(path)))));
    }
  }

  private static Script cut(Wire wire, Script film) {
    int number = wire.request().number();
    return number % CUT == 1 ? film.cutAfter(MIB - 5L * number, Cut.FIN) : film;
  }

  List<Soak.Title> titles() {
    return panels.stream().map(Panel::film).toList();
  }

  /**
   * Checks what the providers have sent: no film more often than it was played.
   *
   * @return how often each was asked
   * @throws AssertionError if one has sent more
   */
  String check(SoakTally tally) {
    List<String> story = new ArrayList<>();
    for (Panel panel : panels) {
      Soak.Title film = panel.film();
      long plays = tally.plays(film.link());
      long sent = panel.origin().bodyBytes();
      if (sent > plays * (film.content().length() + BESIDE)) {
        throw new AssertionError(
            "%s: %d bytes for %d playbacks: %s"
                .formatted(film.path(), sent, plays, panel.origin().requests()));
      }
      story.add(film.path() + " " + panel.origin().requests().size());
    }
    return "requests of wild kinds " + story;
  }

  /** Checks that none was asked too often. */
  @Override
  public void close() {
    List<AssertionError> errors = new ArrayList<>();
    for (Panel panel : panels) {
      try {
        panel.origin().close();
      } catch (AssertionError e) {
        errors.add(e);
      }
    }
    if (!errors.isEmpty()) {
      throw errors.getFirst();
    }
  }
}
