package streamcache.testkit.wild;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import streamcache.testkit.Content;
import streamcache.testkit.RecordedRequest;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;

/**
 * A provider of one {@link WildRow} on real sockets, an account of its own with one film. Owned by
 * its caller.
 */
public final class WildProvider implements AutoCloseable {

  /** Such as a panel sends a film; fast enough that a whole one takes a second. */
  private static final long PACE = 16 << 20;

  private final WildRow row;
  private final long length;
  private final String path;
  private final ScriptedOrigin named = ScriptedOrigin.start();
  private final ScriptedOrigin other = ScriptedOrigin.start();

  /**
   * @param film in the row's container
   */
  public WildProvider(WildRow row, Content film) {
    this.row = row;
    this.length = film.length();
    this.path =
        (row == WildRow.TWO_NAMES_ONE_CONNECTION ? "/movie/ann/secret/1." : "/film.")
            + row.container().extension();
    Script script = Script.of(film).type(row.container().mediaType()).pace(PACE);
    for (ScriptedOrigin origin : List.of(named, other)) {
      origin.allow(row.mostRequests(length), "the row says how many");
      origin.on(path, wire -> row.answer(wire, script));
    }
    if (row.isRedirected()) {
      named.serve(path, Script.redirect(other.url(path)));
      other.budget(row.limit());
    }
  }

  /** The link of a .strm file, with what it names for its players. */
  public String link() {
    boolean hasReferer = row == WildRow.REFERER_BEYOND_A_REDIRECT;
    return named.url(path) + (hasReferer ? "|Referer=" + WildRow.REFERER : "");
  }

  /** The block of the provider for {@code streamcache.conf}; empty if nothing is set. */
  public List<String> block() {
    List<String> lines = new ArrayList<>(row.settings());
    if (!lines.isEmpty()) {
      lines.addFirst("[provider 127.0.0.1:%d]".formatted(named.port()));
    }
    return lines;
  }

  /** Waits until nothing is being sent. */
  public void awaitIdle() {
    named.awaitIdle();
    other.awaitIdle();
  }

  /** Whether the n-th request to both names together comes within the time. */
  public boolean isAskedWithin(Duration time, int count) {
    ScriptedOrigin last = row.isRedirected() ? other : named;
    int before = requests().size() - last.requests(path).size();
    return last.isRequestedWithin(time, path, count - before);
  }

  /** All requests to both names. */
  public List<RecordedRequest> requests() {
    return Stream.of(named, other).flatMap(origin -> origin.requests().stream()).toList();
  }

  /** What was sent, as a multiple of the film. */
  public double times() {
    return (double) (named.bodyBytes() + other.bodyBytes()) / length;
  }

  /** What is too much; empty if nothing is. */
  public String excess() {
    boolean isFine = requests().size() <= row.mostRequests(length) && times() <= row.mostBytes();
    return isFine
        ? ""
        : "%d requests (at most %d), %.2f x the film (at most %.2f)"
            .formatted(requests().size(), row.mostRequests(length), times(), row.mostBytes());
  }

  @Override
  public void close() {
    try (named) {
      other.close();
    }
  }
}
