package streamcache.origin;

import java.util.Optional;

/**
 * Whether a successful answer is a film at all: providers say 200 and send a login page, a message
 * in JSON or a playlist. The type decides when it is plain, else the first bytes do.
 */
final class FilmCheck {

  /** No film is this short; error pages are, whatever type they are labelled with. */
  private static final long SUSPICIOUSLY_SHORT = 256 * 1024;

  private FilmCheck() {}

  /** What the answer is instead of a film; empty when it passes. Reads ahead only in doubt. */
  static Optional<String> objection(Answer answer, Placement placement, HttpUpstream upstream)
      throws OriginException {
    if (placement.length().orElse(1) == 0) {
      return Optional.of("empty");
    }
    String type = answer.header("Content-Type").flatMap(MediaType::essence).orElse("");
    if (MediaType.isPlaylist(type)) {
      return Optional.of("playlist, not a film");
    }
    boolean isFromStart = placement.start() == 0;
    boolean isShort = isFromStart && placement.total().orElse(Long.MAX_VALUE) < SUSPICIOUSLY_SHORT;
    if (MediaType.isTrusted(type) && !isShort) {
      return Optional.empty();
    }
    byte[] first = upstream.peek(MediaSniff.ENOUGH);
    if (isFromStart && MediaSniff.isPlaylist(first)) {
      return Optional.of("playlist, not a film");
    }
    if (MediaType.isTrusted(type)) {
      return MediaSniff.isMarkup(first) ? Optional.of("a page, not a film") : Optional.empty();
    }
    return byContent(type, isFromStart, first);
  }

  private static Optional<String> byContent(String type, boolean isFromStart, byte[] first) {
    if (MediaSniff.type(first).isPresent() && isFromStart) {
      return Optional.empty();
    }
    if (MediaSniff.isText(first) || MediaSniff.isMarkup(first)) {
      return Optional.of("a page, not a film");
    }
    // From the middle of a film nothing can be told but that it is no text; a file without a type
    // may be a container that we do not know.
    boolean isBenign = type.isEmpty() || !isFromStart;
    return isBenign ? Optional.empty() : Optional.of("neither a media type nor a media file");
  }
}
