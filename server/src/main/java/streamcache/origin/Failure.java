package streamcache.origin;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Why a provider did not deliver what was requested: the sealed family from which every error
 * response, metric label, log line and viewer text is derived ({@code trouble}). No case carries
 * the URL.
 */
public sealed interface Failure {

  /** The provider's own status, if there was one. */
  OptionalInt upstreamStatus();

  /** A short fact for the log, such as "connection reset" or "redirect loop"; free of secrets. */
  String detail();

  /** How long the provider asks to wait before a retry. */
  default Optional<Duration> retryAfter() {
    return Optional.empty();
  }

  /**
   * Whether the failure concerns the provider or the path to it, which recovers by itself, and not
   * a title, an account or this server.
   */
  default boolean isOfProvider() {
    return switch (this) {
      case Unreachable _, Unverified _, Slow _, Busy _, Broken _ -> true;
      case Gone _, Denied _, Limit _, Occupied _, Fake _, Forbidden _, OutOfRange _, Changed _ ->
          false;
    };
  }

  /** 404, 410 or 451: the title no longer exists. */
  record Gone(OptionalInt upstreamStatus, String detail) implements Failure {}

  /** 401 or 403: the account is refused. Some providers also send it for too many connections. */
  record Denied(OptionalInt upstreamStatus, String detail) implements Failure {}

  /** 429, 458, 459, 461 or 509: too many connections, and none of them is known to be ours. */
  record Limit(OptionalInt upstreamStatus, String detail, Optional<Duration> retryAfter)
      implements Failure {}

  /**
   * Other viewers of this server have the connections, or the bandwidth, that the account has. Said
   * by its scheduler; a provider cannot know.
   *
   * @param upstreamStatus with which the provider has refused one more, if it has
   */
  record Occupied(OptionalInt upstreamStatus, String detail) implements Failure {}

  /** 503, 202 or 425, often with Retry-After: the provider is busy, or not ready yet. */
  record Busy(OptionalInt upstreamStatus, String detail, Optional<Duration> retryAfter)
      implements Failure {}

  /** Other statuses, a reset, bad framing or a truncated body: the provider is broken. */
  record Broken(OptionalInt upstreamStatus, String detail) implements Failure {}

  /** The name lookup, the connect or the TLS handshake failed. */
  record Unreachable(OptionalInt upstreamStatus, String detail) implements Failure {}

  /**
   * The provider's certificate was rejected, and the link asks not to verify it (Kodi's {@code
   * verifypeer=false}). A link comes from outside, so only a setting may permit that.
   */
  record Unverified(OptionalInt upstreamStatus) implements Failure {

    @Override
    public String detail() {
      return "the link asks not to verify the certificate (verifypeer=false), which takes"
          + " DISABLE_SSL_VERIFY = 1 in the block of its host";
    }
  }

  /** The name lookup, the connect or the response timed out, or the body stalled. */
  record Slow(OptionalInt upstreamStatus, String detail) implements Failure {}

  /**
   * A response that is not the film: HTML, JSON, an empty file, or one far too short for what is
   * known.
   */
  record Fake(OptionalInt upstreamStatus, String detail) implements Failure {}

  /** Our own policy forbids the address; {@code detail} names the setting, if one applies. */
  record Forbidden(OptionalInt upstreamStatus, String detail) implements Failure {}

  /**
   * The provider's file is not the one the stored bytes belong to (its length or validator differs,
   * or there is no way to tell). Bytes of the two are never joined; the next playback gets the new
   * generation.
   */
  record Changed(OptionalInt upstreamStatus, String detail) implements Failure {}

  /**
   * 416: the file has no byte at the requested offset. If the total is known, a caller can
   * distinguish a request at the very end from a file that has become shorter.
   *
   * @param total length of the whole file as the provider states it; empty if it does not
   */
  record OutOfRange(OptionalInt upstreamStatus, String detail, OptionalLong total)
      implements Failure {}
}
