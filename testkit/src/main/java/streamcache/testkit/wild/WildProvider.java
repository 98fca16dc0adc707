package streamcache.testkit.wild;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import streamcache.testkit.Answer;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.RecordedRequest;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.Waiting;

/**
 * A provider of one {@link WildRow} on real sockets, an account of its own with one film. Owned by
 * its caller.
 */
public final class WildProvider implements AutoCloseable {

  /** Such as a panel sends a film; fast enough that a whole one takes a second. */
  private static final long PACE = 16 << 20;

  /** Where a provider redirects until the film is ready. */
  static final String CLIP = "/not-ready.mp4";

  /** Sent, but still in the buffers of the system when the server closed the connection. */
  private static final long MOST_IN_BUFFERS = 4 << 20;

  /** The clip is one of so many parts of the film. */
  private static final int CLIPPED = 20;

  private final WildRow row;
  private final long length;
  private final String path;
  private final ScriptedOrigin named;
  private final ScriptedOrigin other = ScriptedOrigin.start();

  /**
   * @param film the row's
   */
  public WildProvider(WildRow row, Content film) {
    this.row = row;
    this.length = film.length();
    this.named =
        row == WildRow.CERTIFICATE_OF_ITS_OWN ? ScriptedOrigin.startTls() : ScriptedOrigin.start();
    this.path =
        (row == WildRow.TWO_NAMES_ONE_CONNECTION ? "/movie/ann/secret/1." : "/film.")
            + row.extension();
    Script script = Script.of(film).type(row.container().mediaType()).pace(PACE);
    for (ScriptedOrigin origin : List.of(named, other)) {
      origin.allow(row.mostRequests(length), "the row says how many");
      origin.on(path, wire -> row.answer(wire, script));
    }
    if (row.isRedirected()) {
      named.serve(path, Script.redirect(other.url(path)));
      other.budget(row.limit());
    }
    named.serve(CLIP, script.content(beginning(film, CLIPPED)).etag("\"clip\""));
  }

  static Content beginning(Content film, int part) {
    return Content.computed(film.length() / part, film::fill);
  }

  /** The link of a .strm file, with what it names for its players. */
  public String link() {
    return named.url(path).replace("127.0.0.1", row.host()) + row.suffix();
  }

  /**
   * Plays what has to be played before the player of a test comes.
   *
   * @param server that plays
   * @param target of the link there
   */
  public void prepare(InetSocketAddress server, String target) throws IOException {
    if (row == WildRow.REFUSES_AGENTS_BUT_ONE) {
      RawClient.get(server, target, "Range: bytes=0-99", "User-Agent: " + WildRow.KNOWN_AGENT);
    }
    if (row.isReplaced()) {
      RawClient.get(server, target);
      long until = System.nanoTime() + Waiting.LIMIT.toNanos();
      while (!isWhole(RawClient.head(server, target))) {
        if (System.nanoTime() > until) {
          throw new AssertionError("still the file before it: " + requests());
        }
        RawClient.get(server, target, "Range: bytes=0-99", "Cache-Control: no-cache");
      }
    }
  }

  private boolean isWhole(Answer head) {
    return head.header("Content-Length").equals(Optional.of(Long.toString(length)));
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

  /** The most bytes that a server may read of the film. */
  public long mostBytes() {
    return (long) (row.mostBytes() * length);
  }

  /** What is too much; empty if nothing is. */
  public String excess() {
    long cut =
        requests().stream()
            .filter(request -> request.awaitEnd() == RecordedRequest.End.CLIENT_GONE)
            .count();
    double most = row.mostBytes() + (double) (cut * MOST_IN_BUFFERS) / length;
    boolean isFine = requests().size() <= row.mostRequests(length) && times() <= most;
    return isFine
        ? ""
        : "%d requests (at most %d), %.2f x the film (at most %.2f)"
            .formatted(requests().size(), row.mostRequests(length), times(), most);
  }

  @Override
  public void close() {
    try (named) {
      other.close();
    }
  }
}
