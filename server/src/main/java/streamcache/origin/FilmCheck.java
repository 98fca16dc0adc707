package streamcache.origin;

import java.util.Optional;

/**
 * Whether a successful answer is a film at all: providers say 200 and send a login page, a message
 * in JSON or a playlist, and a link may lead to something that was never meant for players. No type
 * is believed before the first bytes; where they say nothing, the type decides.
 */
final class FilmCheck {

  /** Fewer bytes may be the mark of a container and nothing else: RIFF, OggS, ID3 are letters. */
  private static final int TELLING = 16;

  private FilmCheck() {}

  /** What the answer is instead of a film; empty when it passes. Reads the first bytes ahead. */
  static Optional<String> objection(
      Answer answer, Placement placement, Fetch fetch, HttpUpstream upstream)
      throws OriginException {
    if (placement.length().orElse(1) == 0) {
      return Optional.of("empty");
    }
    String type = answer.header("Content-Type").flatMap(MediaType::essence).orElse("");
    if (MediaType.isPlaylist(type)) {
      return Optional.of("playlist, not a film");
    }
    byte[] first = upstream.peek(MediaSniff.ENOUGH);
    if (first.length == 0 && placement.start() == 0) {
      return Optional.of("empty");
    }
    if (isSliver(fetch) || isTail(placement)) {
      return Optional.empty();
    }
    return placement.start() == 0
        ? ofBeginning(type, first)
        : ofMiddle(type, first, hasValidatorOf(fetch, answer));
  }

  /** A gap of a title whose beginning was longer when it was looked at first. */
  private static boolean isSliver(Fetch fetch) {
    return fetch.end().orElse(Long.MAX_VALUE) - fetch.start() < TELLING;
  }

  /** What is left of a title whose beginning was longer than that by far. */
  private static boolean isTail(Placement placement) {
    return placement.start() > 0 && placement.length().orElse(Long.MAX_VALUE) < TELLING;
  }

  private static Optional<String> ofBeginning(String type, byte[] first) {
    if (TextSniff.isPlaylist(first)) {
      return Optional.of("playlist, not a film");
    }
    // Before the containers: some of their marks are letters, and no film goes on in letters.
    if (TextSniff.isText(first)) {
      return Optional.of("a page, not a film");
    }
    Optional<String> foreign = ForeignSniff.kind(first).map(kind -> kind + ", not a film");
    boolean isAccepted =
        MediaSniff.type(first).isPresent() || type.isEmpty() || MediaType.isTrusted(type);
    return foreign.isPresent() || isAccepted
        ? foreign
        : Optional.of("neither a media type nor a media file");
  }

  /**
   * From the middle little can be told; that it is a film was seen at the beginning. Without a
   * validator that says it is the same file, text is refused all the same.
   */
  private static Optional<String> ofMiddle(String type, byte[] first, boolean isSameFile) {
    boolean isMedia = type.isEmpty() || MediaType.isTrusted(type);
    boolean isText = isMedia ? TextSniff.isPieceOfText(first) : TextSniff.isText(first);
    return isText && !(isMedia && isSameFile)
        ? Optional.of("a page, not a film")
        : Optional.empty();
  }

  private static boolean hasValidatorOf(Fetch fetch, Answer answer) {
    return fetch
        .ifRange()
        .filter(value ->
            answer.headers("ETag").contains(value)
                || answer.headers("Last-Modified").contains(value))
        .isPresent();
  }
}
