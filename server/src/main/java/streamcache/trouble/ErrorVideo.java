package streamcache.trouble;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import streamcache.clip.Card;
import streamcache.link.Link;
import streamcache.media.MediaType;
import streamcache.media.Subtitle;
import streamcache.origin.Failure;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Request;
import streamcache.playback.Unreadable;
import streamcache.playback.Viewer;
import streamcache.settings.ErrorVideoPolicy;
import streamcache.settings.ProviderBlocks;
import streamcache.settings.TroubleSettings;

/**
 * Tells the client of a title that cannot be played why: a viewer at a player by a video, all
 * others by {@link ErrorAnswer}. Created once; each request has a {@link Viewing}.
 */
public final class ErrorVideo implements AutoCloseable {

  /** In the query of a link: respond with the status, never with the video. */
  private static final String STATUS_ONLY = "error=status";

  private final Function<Link, ErrorVideoPolicy> mode;
  private final Video.@Nullable Own own;
  private final Notes notes;
  private final InstantSource clock;
  private final Showings showings;
  private final DrawnClips clips = new DrawnClips();

  private ErrorVideo(
      Function<Link, ErrorVideoPolicy> mode,
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
   * @param providers settings of single providers, which override who is shown a video
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

  /**
   * Whether {@link Viewing#resume} may respond to this request. Does not block.
   *
   * @param client the client's address; called only while a video is kept for any viewer
   */
  public boolean isShown(Request request, Link link, Supplier<InetAddress> client) {
    return !showings.isEmpty()
        && isForVideo(request, link)
        && showings.knows(Viewer.of(client.get(), request, link));
  }

  /** The video that a new request may get in place of its title. */
  public Viewing viewing(Exchange exchange, Link link, InetAddress client) {
    return new Viewing(this, exchange, link, client, clock.instant());
  }

  // The methods below are for a viewing.

  Showings showings() {
    return showings;
  }

  void sendStatus(Exchange exchange, Link link, Failure failure) throws ClientGone {
    ErrorAnswer.send(exchange, link, failure, notes.of(link, failure), clock.instant());
  }

  Showings.Showing showing(Link link, Request request, Failure failure) {
    Cause cause = Cause.of(failure);
    Card card =
        new Card(
            Problem.name(link),
            Problem.host(link),
            cause.headline(),
            cause.meaning(),
            notes.of(link, failure),
            clock.instant().atZone(ZoneId.systemDefault()),
            request.id(),
            Card.STANDARD_LENGTH);
    return new Showings.Showing(cause.label(), card, failure.upstreamStatus());
  }

  void send(Exchange exchange, Showings.Reading reading) throws ClientGone, Unreadable {
    Showings.Showing showing = reading.showing();
    Video video = own != null ? own : new Video.Drawn(clips.of(showing.card()));
    VideoAnswer.send(exchange, video, showing.upstreamStatus(), reading::close);
  }

  /** No player can show a video in place of a subtitle. */
  boolean isForVideo(Request request, Link link) {
    return isForVideoBy(mode.apply(link), request) && !Subtitle.isNamed(link.endings());
  }

  private static boolean isForVideoBy(ErrorVideoPolicy mode, Request request) {
    return switch (mode) {
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
