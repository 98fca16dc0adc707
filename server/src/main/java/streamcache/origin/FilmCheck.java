package streamcache.origin;

import java.util.Optional;
import streamcache.media.DiscImage;
import streamcache.media.ForeignSniff;
import streamcache.media.MediaSniff;
import streamcache.media.MediaType;
import streamcache.media.Subtitle;
import streamcache.media.TextSniff;

/**
 * Checks whether a successful response is a film at all, or a subtitle where one is linked.
 * Providers say 200 and send a login page, a JSON message or a playlist, and a link may lead to
 * something that was never meant for players. No media type is trusted over the first bytes; where
 * they are inconclusive, the type decides.
 */
final class FilmCheck {

  /** Fewer bytes may be only a container's magic number: RIFF, OggS and ID3 are letters. */
  private static final int TELLING = 16;

  private FilmCheck() {}

  /** What the response is instead of a film; empty if it passes. Peeks at the first bytes. */
  static Optional<String> objection(
      HopResponse answer, Placement placement, Fetch fetch, HttpUpstream upstream)
      throws OriginException {
    if (placement.length().orElse(1) == 0) {
      return Optional.of("empty");
    }
    if (Subtitle.isNamed(fetch.link().endings()) && isSubtitle(placement, upstream)) {
      return ofSubtitle(placement, upstream);
    }
    String type = answer.header("Content-Type").flatMap(MediaType::essence).orElse("");
    if (placement.start() > 0) {
      byte[] piece = upstream.peek(MediaSniff.ENOUGH, bytes -> isToldOfMiddle(type, bytes));
      return isTail(placement) || isSliver(fetch)
          ? Optional.empty()
          : ofMiddle(type, piece, hasValidatorOf(fetch, answer));
    }
    byte[] first = upstream.peek(MediaSniff.ENOUGH, FilmCheck::isTold);
    if (first.length == 0) {
      return Optional.of("empty");
    }
    if (DiscImage.isPossible(first)) {
      first = upstream.peek(DiscImage.ENOUGH, bytes -> !DiscImage.isPossible(bytes));
    }
    return isSliver(fetch) ? Optional.empty() : ofBeginning(type, first);
  }

  /** Whether more of the beginning would not change the result: it is certainly a film. */
  private static boolean isTold(byte[] first) {
    return first.length >= TELLING
        && MediaSniff.isSure(first)
        && !TextSniff.isText(first)
        && ForeignSniff.kind(first).isEmpty();
  }

  /** The same for bytes from the middle: they are certainly no text. */
  private static boolean isToldOfMiddle(String type, byte[] piece) {
    return piece.length >= TELLING && isMedia(type) && TextSniff.hasControls(piece);
  }

  /**
   * Whether this is the text of a subtitle, judged by as few bytes as show it: a player waits for
   * them. A piece from the middle is one unless it begins like a page; what the file is was checked
   * at its beginning.
   */
  private static boolean isSubtitle(Placement placement, HttpUpstream upstream)
      throws OriginException {
    if (placement.start() > 0) {
      byte[] first = upstream.peek(Subtitle.ENOUGH, _ -> false);
      return TextSniff.isPieceOfText(first) && !TextSniff.isMarkup(first);
    }
    return Subtitle.isText(upstream.peek(Subtitle.ENOUGH, _ -> false))
        || Subtitle.isText(upstream.peek(MediaSniff.ENOUGH, _ -> false));
  }

  /** A text without a length is cut where it becomes too long. */
  private static Optional<String> ofSubtitle(Placement placement, HttpUpstream upstream) {
    upstream.endBefore(Subtitle.MOST_BYTES);
    return placement.total().orElse(0) > Subtitle.MOST_BYTES
        ? Optional.of(HttpUpstream.TOO_LONG)
        : Optional.empty();
  }

  /**
   * Whether the fetch is for a hole too short to judge; more of the beginning was checked before.
   */
  private static boolean isSliver(Fetch fetch) {
    return fetch.end().orElse(Long.MAX_VALUE) - fetch.start() < TELLING;
  }

  /**
   * Whether the body is an end too short to judge; far more of the beginning was checked before.
   */
  private static boolean isTail(Placement placement) {
    return placement.start() > 0 && placement.length().orElse(Long.MAX_VALUE) < TELLING;
  }

  private static Optional<String> ofBeginning(String type, byte[] first) {
    boolean isFilm = MediaSniff.type(first).isPresent();
    boolean isPlaylist = MediaType.isPlaylist(type) && (!isFilm || TextSniff.isText(first));
    if (isPlaylist || TextSniff.isPlaylist(first)) {
      return Optional.of("playlist, not a film");
    }
    if (TextSniff.isUploadFraming(first)) {
      return Optional.of("in the framing of an upload");
    }
    // Text is checked before containers: some magic numbers are letters, but no film consists of
    // letters only.
    if (TextSniff.isText(first)) {
      return Optional.of("a page, not a film");
    }
    Optional<String> foreign = ForeignSniff.kind(first).map(kind -> kind + ", not a film");
    boolean isAccepted = isFilm || isMedia(type);
    return foreign.isPresent() || isAccepted
        ? foreign
        : Optional.of("neither a media type nor a media file");
  }

  /**
   * Bytes from the middle show little; the beginning has shown that the title is a film. Text is
   * refused all the same, unless the type is media and a validator shows that it is the same file.
   */
  private static Optional<String> ofMiddle(String type, byte[] first, boolean isSameFile) {
    boolean isMedia = isMedia(type);
    boolean isText = isMedia ? TextSniff.isPieceOfText(first) : TextSniff.isText(first);
    return isText && !(isMedia && isSameFile)
        ? Optional.of("a page, not a film")
        : Optional.empty();
  }

  private static boolean isMedia(String type) {
    return type.isEmpty() || MediaType.isTrusted(type);
  }

  private static boolean hasValidatorOf(Fetch fetch, HopResponse answer) {
    return fetch
        .ifRange()
        .filter(value ->
            answer.headers("ETag").contains(value)
                || answer.headers("Last-Modified").contains(value))
        .isPresent();
  }
}
