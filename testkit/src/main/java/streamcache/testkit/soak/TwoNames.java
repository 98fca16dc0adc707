package streamcache.testkit.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import streamcache.testkit.Content;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.StreamLimit;

/**
 * A panel with two host names: one redirects to the other, which counts the streams of both. The
 * first film must have been played before others are, since its redirect shows that the two are one
 * account. Owned by a soak.
 */
final class TwoNames implements AutoCloseable {

  private static final int MIB = 1 << 20;
  private static final int FILMS = 4;

  private final ScriptedOrigin name = ScriptedOrigin.start();
  private final ScriptedOrigin panel = ScriptedOrigin.start();
  private final StreamLimit limit = StreamLimit.of(Soak.CONNECTIONS, 458);
  private final List<Soak.Title> titles = new ArrayList<>();

  /**
   * @param link creates the target of a link from a URL
   */
  TwoNames(long seed, UnaryOperator<String> link) {
    panel.budget(limit);
    for (int film = 0; film < FILMS; film++) {
      String path = "/movie/ann/secret/" + film + ".mkv";
      Content content = Content.of(seed + 5000 + film, 3L * MIB + 7);
      panel.serve(path, Script.of(content).pace(12L * MIB));
      name.serve(path, Script.redirect(panel.url(path)));
      ScriptedOrigin named = film % 2 == 0 ? name : panel;
      titles.add(new Soak.Title(path, content, link.apply(named.url(path))));
    }
  }

  List<Soak.Title> titles() {
    return List.copyOf(titles);
  }

  /**
   * Checks that both names were counted as one account.
   *
   * @throws AssertionError if they were not
   */
  String check() {
    if (limit.refusals() > 0) {
      throw new AssertionError(
          "one connection too many to a panel with two names: " + panel.requests());
    }
    return "two names: %d and %d requests, at most %d streams"
        .formatted(name.requests().size(), panel.requests().size(), limit.peak());
  }

  @Override
  public void close() {
    try (name) {
      panel.close();
    }
  }
}
