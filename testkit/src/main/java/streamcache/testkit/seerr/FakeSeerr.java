package streamcache.testkit.seerr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import streamcache.testkit.Cut;
import streamcache.testkit.Gate;
import streamcache.testkit.RecordedRequest;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.Wire;
import streamcache.testkit.seerr.SeerrShelf.Issue;
import streamcache.testkit.seerr.SeerrShelf.Request;
import streamcache.testkit.seerr.SeerrShelf.Work;

/**
 * A Seerr on a real loopback socket: keys, users, CSRF protection, quotas, block list, requests and
 * issues like the real one, and faults on demand. Owned by a test; any thread.
 */
public final class FakeSeerr implements AutoCloseable {

  public static final String KEY = "MTc1NzM0c2VlcnJrZXk=";

  /** What a user may do. */
  public enum Right {
    REQUEST,
    CREATE_ISSUES,
    MANAGE
  }

  /** A request for media, as seen from outside. */
  public record Asked(String type, long tmdb, List<Integer> seasons, int user) {}

  /** A reported issue, as seen from outside. */
  public record Reported(
      int id,
      long tmdb,
      int season,
      int episode,
      boolean isOpen,
      int user,
      List<String> messages) {}

  private final ScriptedOrigin origin =
      ScriptedOrigin.start().allow(10_000, "days pass within a second on the test's clock");
  private final ReentrantLock lock = new ReentrantLock();
  final SeerrShelf shelf;
  final Map<Integer, List<Right>> users = new HashMap<>();
  final Map<Integer, Integer> movieQuotas = new HashMap<>();
  private final List<Script> faults = new ArrayList<>();
  private Gate writes = new Gate();
  boolean isCsrfOn;
  boolean isCatalogueDown;

  private FakeSeerr(InstantSource clock) {
    shelf = new SeerrShelf(clock);
    users.put(1, List.of(Right.values()));
    writes.open();
    origin.onOthers(this::answer);
  }

  public static FakeSeerr start() {
    return start(InstantSource.system());
  }

  /**
   * @param clock for the time stamps of comments
   */
  public static FakeSeerr start(InstantSource clock) {
    return new FakeSeerr(clock);
  }

  /** Returns the value for SEERR_URL. */
  public String url() {
    return "http://127.0.0.1:" + origin.port();
  }

  /** Returns the socket's origin, to refuse or cut connections. */
  public ScriptedOrigin origin() {
    return origin;
  }

  /** Stops answering until {@link #back}. */
  public FakeSeerr away() {
    try {
      origin.refuseConnections();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    origin.cutAll(Cut.FIN);
    return this;
  }

  public FakeSeerr back() {
    origin.listenAgain();
    return this;
  }

  public FakeSeerr movie(long tmdb, String title, int year) {
    return movie(tmdb, title, title, year, "tt%07d".formatted(tmdb));
  }

  public FakeSeerr movie(long tmdb, String title, String original, int year, String imdb) {
    return locked(() -> shelf.add(new Work("movie", tmdb, title, original, year, imdb)));
  }

  public FakeSeerr series(long tmdb, String name, int year) {
    return locked(
        () -> shelf.add(new Work("tv", tmdb, name, name, year, "tt%07d".formatted(tmdb))));
  }

  /**
   * @param type {@code movie} or {@code tv}
   * @param status 1 unknown, 2 pending, 3 processing, 4 partly, 5 available, 6 blocklisted, 7
   *     deleted
   */
  public FakeSeerr status(String type, long tmdb, int status) {
    return locked(() -> {
      var _ = shelf.manage(shelf.work(type, tmdb).orElseThrow(), status);
    });
  }

  public FakeSeerr user(int id, Right... rights) {
    return locked(() -> users.put(id, List.of(rights)));
  }

  /** Allows the user to request this many more films. */
  public FakeSeerr movieQuota(int user, int left) {
    return locked(() -> movieQuotas.put(user, left));
  }

  public FakeSeerr csrf(boolean isOn) {
    return locked(() -> isCsrfOn = isOn);
  }

  /** Makes the catalogue behind it (TMDB) stop answering, or answer again. */
  public FakeSeerr catalogueDown(boolean isDown) {
    return locked(() -> isCatalogueDown = isDown);
  }

  /** Answers the next requests, whichever they are, with these responses. */
  public FakeSeerr failNext(Script... answers) {
    return locked(() -> faults.addAll(List.of(answers)));
  }

  /** A POST takes effect at once, but is answered only when the gate opens. */
  public FakeSeerr holdAnswers(Gate gate) {
    return locked(() -> writes = gate);
  }

  /** Another user reports an issue. */
  public FakeSeerr reportBy(int user, String type, long tmdb, String message) {
    return locked(() -> {
      Issue issue = shelf.report(shelf.work(type, tmdb).orElseThrow(), 1, 0, 0, user);
      shelf.comment(issue, user, message);
    });
  }

  /** Another user resolves an issue. */
  public FakeSeerr resolve(int issue) {
    return locked(() -> shelf.issue(issue).orElseThrow().isOpen = false);
  }

  public List<Asked> asked() {
    return read(() -> shelf.requests.stream().map(FakeSeerr::seen).toList());
  }

  public List<Reported> reported() {
    return read(() -> shelf.issues.stream().map(FakeSeerr::seen).toList());
  }

  /** Returns all calls that may change something, in order. */
  public List<RecordedRequest> posts() {
    return origin.requests().stream().filter(request -> request.method().equals("POST")).toList();
  }

  /** Returns all calls of one path below {@code /api/v1}, without its query. */
  public List<RecordedRequest> calls(String path) {
    return origin.requests("/api/v1" + path);
  }

  private static Asked seen(Request request) {
    return new Asked(
        request.work().type(), request.work().tmdb(), request.seasons(), request.user());
  }

  private static Reported seen(Issue issue) {
    return new Reported(
        issue.id,
        issue.work.tmdb(),
        issue.season,
        issue.episode,
        issue.isOpen,
        issue.user,
        issue.comments.stream().map(SeerrShelf.Comment::message).toList());
  }

  private void answer(Wire wire) throws IOException {
    Script answer = read(() -> faults.isEmpty() ? new SeerrDesk(this).answer(wire) : fault());
    if (wire.request().method().equals("POST")) {
      wire.await(read(() -> writes));
    }
    wire.play(answer);
  }

  private Script fault() {
    return faults.removeFirst();
  }

  private FakeSeerr locked(Runnable change) {
    return read(() -> {
      change.run();
      return this;
    });
  }

  private <T> T read(Supplier<T> view) {
    lock.lock();
    try {
      return view.get();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    origin.close();
  }
}
