package streamcache.origin;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Why a provider did not give what was asked for: the sealed family every error answer, metric
 * label, log line and viewer text is mapped from ({@code trouble}). No case carries the URL.
 */
public sealed interface Failure {

  /** The provider's own status, when there was one. */
  OptionalInt upstreamStatus();

  /** A short fact for the log, such as "connection reset" or "redirect loop"; free of secrets. */
  String detail();

  /** When the provider says to come back. */
  default Optional<Duration> retryAfter() {
    return Optional.empty();
  }

  /**
   * Whether it tells of the provider or the way to it, which mends itself, and not of a title, an
   * account or this server.
   */
  default boolean isOfProvider() {
    return switch (this) {
      case Unreachable _, Slow _, Busy _, Broken _ -> true;
      case Gone _, Denied _, Limit _, Fake _, Forbidden _, OutOfRange _, Changed _ -> false;
    };
  }

  /** 404 or 410: there is no such title any more. */
  record Gone(OptionalInt upstreamStatus, String detail) implements Failure {}

  /** 401 or 403 without a connection limit in sight: the account is refused. */
  record Denied(OptionalInt upstreamStatus, String detail) implements Failure {}

  /** 429, 458, 459, 461, 509, or 403 while connections are open: too many connections. */
  record Limit(OptionalInt upstreamStatus, String detail, Optional<Duration> retryAfter)
      implements Failure {}

  /** 503, usually with Retry-After: the provider is busy. */
  record Busy(OptionalInt upstreamStatus, String detail, Optional<Duration> retryAfter)
      implements Failure {}

  /** Other statuses, a reset, bad framing, a body cut short: the provider is broken. */
  record Broken(OptionalInt upstreamStatus, String detail) implements Failure {}

  /** No name, no connection, no TLS. */
  record Unreachable(OptionalInt upstreamStatus, String detail) implements Failure {}

  /** Connected but silent for too long. */
  record Slow(OptionalInt upstreamStatus, String detail) implements Failure {}

  /** A success that is none: HTML, JSON, or a file far too short for what is known. */
  record Fake(OptionalInt upstreamStatus, String detail) implements Failure {}

  /** Our own policy forbids the address; {@code detail} names the setting that would allow it. */
  record Forbidden(OptionalInt upstreamStatus, String detail) implements Failure {}

  /**
   * The provider's file is not the one the stored bytes belong to (another length or validator, or
   * no way to tell). Bytes are never joined across it; the next play gets the new generation.
   */
  record Changed(OptionalInt upstreamStatus, String detail) implements Failure {}

  /**
   * 416: the file has no byte at the offset asked for. With the total known, a caller can tell a
   * request for the very end from a file that has become shorter.
   *
   * @param total length of the whole file as the provider gives it
   */
  record OutOfRange(OptionalInt upstreamStatus, String detail, OptionalLong total)
      implements Failure {}
}
