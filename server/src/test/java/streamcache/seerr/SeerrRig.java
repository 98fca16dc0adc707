package streamcache.seerr;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import streamcache.fill.FillEvent;
import streamcache.link.BadLink;
import streamcache.link.KeyRing;
import streamcache.link.Link;
import streamcache.link.LinkCodec;
import streamcache.link.Links;
import streamcache.origin.Failure;
import streamcache.origin.OriginException;
import streamcache.outbox.Caller;
import streamcache.outbox.OutboxEvent;
import streamcache.playback.Decided;
import streamcache.playback.Ended;
import streamcache.playback.Headers;
import streamcache.playback.PlaybackEvent;
import streamcache.playback.PlaybackRecord;
import streamcache.playback.Request;
import streamcache.schedule.FetchPurpose;
import streamcache.settings.Endpoint;
import streamcache.settings.SecretText;
import streamcache.settings.SeerrSettings;
import streamcache.testkit.FakeClock;
import streamcache.testkit.seerr.FakeSeerr;

/** The Seerr client with a fake Seerr and a test clock; tests run the rounds by hand. */
final class SeerrRig implements AutoCloseable {

  static final Failure GONE = new Failure.Gone(OptionalInt.of(404), "");
  static final Failure FAKE = new Failure.Fake(OptionalInt.of(200), "");
  static final String MATRIX = "The Matrix (1999).mkv";

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  final FakeClock clock = new FakeClock();
  final FakeSeerr fake = FakeSeerr.start(clock);
  final List<OutboxEvent> news = new ArrayList<>();
  final List<String> questions = new ArrayList<>();

  /** A panel without metadata, unless a test replaces it. */
  Panel panel = (_, _) -> Optional.of("{}".getBytes(StandardCharsets.UTF_8));

  private final Path folder;
  private SeerrSettings settings;
  private final Caller caller = new Caller("Streamcache/1.0");
  Seerr seerr;
  private int requests;

  SeerrRig(Path folder) {
    this.folder = folder;
    this.settings =
        new SeerrSettings(
            url(fake.url()),
            new SecretText(FakeSeerr.KEY),
            OptionalInt.empty(),
            /* dryRun= */ false,
            3,
            Duration.ofHours(24),
            10,
            List.of(),
            /* asksProvider= */ true);
    fake.movie(603, "The Matrix", 1999).series(1399, "Game of Thrones", 2011);
    this.seerr = open();
  }

  private static Endpoint url(String url) {
    return new Endpoint(url, "");
  }

  private Seerr open() {
    Seerr opened = new Seerr(folder, settings, caller, clock, news::add);
    opened.open(new Links(KeyRing.empty()), this::askPanel);
    return opened;
  }

  private Optional<byte[]> askPanel(Link film, Link question) throws OriginException {
    questions.add(question.url().reveal());
    return panel.ask(film, question);
  }

  /** As after a kill: nothing was closed. */
  SeerrRig restart(UnaryOperator<SeerrSettings> change) {
    settings = change.apply(settings);
    seerr = open();
    return this;
  }

  SeerrRig restart() {
    return restart(same -> same);
  }

  /** Reports a playback of this title that failed. */
  SeerrRig fails(String film, String name, String query, Failure failure) {
    Link link = link(film, name);
    Request request =
        new Request(
            "r" + ++requests,
            "GET",
            "/u/x/y.mkv" + query,
            new Headers(),
            /* http11= */ true,
            InetAddress.getLoopbackAddress());
    seerr.accept(
        new PlaybackEvent.Finished(
            new PlaybackRecord(
                request,
                link,
                0,
                Optional.of(Decided.MISS),
                "-",
                0,
                0,
                Duration.ZERO,
                Duration.ZERO,
                new Ended.Refused(failure))));
    return this;
  }

  SeerrRig gone(String film, String name) {
    return fails(film, name, "", GONE);
  }

  SeerrRig plays(String film) {
    Link link = link(film, "x.mkv");
    seerr.accept(
        new FillEvent.ConnectionOpened(
            link.key(),
            link.account(),
            0,
            FetchPurpose.BEGINNING,
            Duration.ZERO,
            /* request= */ ""));
    return this;
  }

  static Link link(String film, String name) {
    try {
      String path =
          new LinkCodec().encode("http://provider.example/movie/user7/pass7/" + film)
              + "/"
              + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
      return new LinkCodec().decode(path);
    } catch (BadLink e) {
      throw new AssertionError(e);
    }
  }

  /** Advances the clock, then runs a round. */
  Duration round(Duration pause) {
    clock.advance(pause);
    return seerr.round();
  }

  Duration round() {
    return round(Duration.ZERO);
  }

  /** Runs rounds for {@code time}, as the thread does, but skips idle polls. */
  SeerrRig rounds(Duration time) {
    Duration left = time;
    while (!left.isNegative()) {
      Duration pause = seerr.round();
      Duration next = pause.compareTo(SeerrWork.LOOK) < 0 ? pause : MINUTE;
      Duration within = next.compareTo(left) < 0 ? next : left;
      Duration step = within.compareTo(SECOND) < 0 ? SECOND : within;
      clock.advance(step);
      left = left.minus(step);
    }
    return this;
  }

  SeerrBook book() {
    return new SeerrBook(folder, clock);
  }

  /** The state and message of the only entry. */
  String only() throws IOException {
    List<SeerrEntry> entries = book().entries();
    if (entries.size() != 1) {
      throw new AssertionError(entries.toString());
    }
    return entries.getFirst().state() + ": " + entries.getFirst().words();
  }

  Optional<String> note(String film) {
    return seerr.notes(link(film, "x.mkv").key()).stream().findFirst();
  }

  List<String> told() {
    return news.stream().map(each -> each.kind() + " " + each.words()).toList();
  }

  static SeerrSettings with(SeerrSettings old, OptionalInt user, boolean dryRun, int maxPerHour) {
    return new SeerrSettings(
        old.url(),
        old.key(),
        user,
        dryRun,
        old.afterFailures(),
        old.within(),
        maxPerHour,
        old.strmFolders(),
        old.asksProvider());
  }

  static SeerrSettings library(SeerrSettings old, Path... folders) {
    return new SeerrSettings(
        old.url(),
        old.key(),
        old.user(),
        old.dryRun(),
        old.afterFailures(),
        old.within(),
        old.maxPerHour(),
        List.of(folders),
        old.asksProvider());
  }

  static SeerrSettings asksNoProvider(SeerrSettings old) {
    return new SeerrSettings(
        old.url(),
        old.key(),
        old.user(),
        old.dryRun(),
        old.afterFailures(),
        old.within(),
        old.maxPerHour(),
        old.strmFolders(),
        /* asksProvider= */ false);
  }

  static SeerrSettings key(SeerrSettings old, String key) {
    return new SeerrSettings(
        old.url(),
        new SecretText(key),
        old.user(),
        old.dryRun(),
        old.afterFailures(),
        old.within(),
        old.maxPerHour(),
        old.strmFolders(),
        old.asksProvider());
  }

  static SeerrSettings at(SeerrSettings old, String url) {
    return new SeerrSettings(
        url(url),
        old.key(),
        old.user(),
        old.dryRun(),
        old.afterFailures(),
        old.within(),
        old.maxPerHour(),
        old.strmFolders(),
        old.asksProvider());
  }

  @Override
  public void close() {
    seerr.close();
    fake.close();
  }
}
