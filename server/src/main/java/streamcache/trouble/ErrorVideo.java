package streamcache.trouble;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import streamcache.clip.Card;
import streamcache.link.Link;
import streamcache.origin.Failure;
import streamcache.origin.MediaType;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Plan;
import streamcache.playback.Request;
import streamcache.playback.Unreadable;
import streamcache.settings.ProviderBlocks;
import streamcache.settings.TroubleSettings;

/**
 * Tells whoever asks for a title that cannot be played why: a viewer in front of a player by a
 * video, everybody else by {@link ErrorAnswer}. Wired once; methods are called on each request's
 * own thread, before anything of an answer was sent, so that no film turns into a video midway.
 */
public final class ErrorVideo implements AutoCloseable {

  /** In the query of a link: always the honest status. */
  private static final String STATUS_ONLY = "error=status";

  private final Function<Link, TroubleSettings.ErrorVideo> mode;
  private final Video.@Nullable Own own;
  private final Notes notes;
  private final InstantSource clock;
  private final Showings showings;
  private final DrawnClips clips = new DrawnClips();

  private ErrorVideo(
      Function<Link, TroubleSettings.ErrorVideo> mode,
      Video.@Nullable Own own,
      Notes notes,
      InstantSource clock) {
    this.mode = mode;
    this.own = own;
    this.notes = notes;
    this.clock = clock;
    this.showings = new Showings(clock);
  }

  /**
   * Opens the operator's own video, if there is one, and keeps it open until {@link #close}.
   *
   * @param providers those for which somebody else is to be shown one
   * @throws IOException it cannot be read
   */
  public static ErrorVideo open(
      TroubleSettings settings, ProviderBlocks providers, Notes notes, InstantSource clock)
      throws IOException {
    Optional<Path> file = settings.errorVideoFile();
    return new ErrorVideo(
        link ->
            providers
                .errorVideo(link.account().host(), link.account().port())
                .orElse(settings.errorVideo()),
        file.isPresent() ? own(file.get()) : null,
        notes,
        clock);
  }

  private static Video.Own own(Path path) throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
    long changed = Files.getLastModifiedTime(path).toMillis();
    String etag = "\"own-%x-%x\"".formatted(file.size(), changed);
    List<String> names = List.of(path.toString());
    String type = MediaType.forPlayers(Optional.empty(), names, new byte[0]);
    return new Video.Own(file, file.size(), etag, type);
  }

  /** Whether {@link #resume} may have something to say to this request. Does not block. */
  public boolean isShown(Request request, Link link) {
    return !showings.isEmpty()
        && isForVideo(request, link)
        && showings.knows(Showings.Viewer.of(request, link));
  }

  /**
   * Goes on with a video that this viewer is being shown. To be asked before a title is played:
   * bytes of the title would be mixed into the video otherwise.
   *
   * @return whether the request is answered with that
   */
  public boolean resume(Exchange exchange, Link link) throws ClientGone, Unreadable {
    Request request = exchange.request();
    if (showings.isEmpty() || !isForVideo(request, link)) {
      return false;
    }
    Showings.Viewer viewer = Showings.Viewer.of(request, link);
    if (Plan.opens(request)) {
      showings.setAside(viewer);
      return false;
    }
    Optional<Showings.Showing> showing = showings.resume(viewer);
    if (showing.isEmpty()) {
      return false;
    }
    send(exchange, showing.get());
    return true;
  }

  /** Answers for a title that cannot be played; nothing was sent yet. */
  public void refuse(Exchange exchange, Link link, Failure failure) throws ClientGone, Unreadable {
    Request request = exchange.request();
    if (!Plan.opens(request)
        || !isForVideo(request, link)
        || failure instanceof Failure.OutOfRange) {
      ErrorAnswer.send(exchange, link, failure, notes.of(link, failure), clock.instant());
      return;
    }
    Cause cause = Cause.of(failure);
    Showings.Showing showing =
        new Showings.Showing(
            cause.label(), card(cause, link, request, failure), failure.upstreamStatus());
    send(exchange, showings.begin(Showings.Viewer.of(request, link), showing));
  }

  private Card card(Cause cause, Link link, Request request, Failure failure) {
    return new Card(
        Problem.name(link),
        Problem.host(link),
        cause.headline(),
        cause.meaning(),
        notes.of(link, failure),
        clock.instant(),
        request.id(),
        Card.STANDARD_LENGTH);
  }

  private void send(Exchange exchange, Showings.Showing showing) throws ClientGone, Unreadable {
    Video video = own != null ? own : new Video.Drawn(clips.of(showing.card()));
    VideoAnswer.send(exchange, video, showing.upstreamStatus());
  }

  private boolean isForVideo(Request request, Link link) {
    return switch (mode.apply(link)) {
      case OFF -> false;
      case PLAYERS -> Asker.of(request.headers()) == Asker.PLAYER && !asksForStatus(request);
      case ALL -> Asker.of(request.headers()) != Asker.OTHER && !asksForStatus(request);
    };
  }

  private static boolean asksForStatus(Request request) {
    int query = request.target().indexOf('?');
    return query >= 0
        && List.of(request.target().substring(query + 1).split("&", -1)).contains(STATUS_ONLY);
  }

  @Override
  public void close() {
    if (own == null) {
      return;
    }
    try {
      own.file().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
