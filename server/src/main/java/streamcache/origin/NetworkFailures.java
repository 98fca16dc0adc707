package streamcache.origin;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.jspecify.annotations.Nullable;

/** Maps network exceptions to failures, by the step in which they occurred. Pure. */
final class NetworkFailures {

  private NetworkFailures() {}

  /** During the name lookup. */
  static OriginException lookingUp(@Nullable Throwable cause) {
    return switch (cause) {
      case UnknownHostException unknown -> unreachable("no such host", unknown);
      case TimeoutException late -> slow("look-up timed out", late);
      case RejectedExecutionException full -> slow("too many look-ups", full);
      case null, default -> unreachable("look-up failed", cause);
    };
  }

  /** During the connect, TLS handshake included. */
  static OriginException connecting(IOException cause) {
    return switch (cause) {
      case SocketTimeoutException _ -> slow("connect timed out", cause);
      case ProxyRefusal refusal -> unreachable(refusal.reason(), refusal);
      case SSLException _ -> unreachable("TLS handshake failed", cause);
      default -> unreachable("no connection", cause);
    };
  }

  /** Whether a certificate was rejected, for its issuer, its dates or the name of its host. */
  static boolean isOfCertificate(OriginException failed) {
    boolean isTls = false;
    for (Throwable cause = failed.getCause(); cause != null; cause = cause.getCause()) {
      isTls |= cause instanceof SSLException;
      boolean isRejected =
          cause instanceof CertificateException || cause instanceof SSLPeerUnverifiedException;
      if (isTls && isRejected) {
        return true;
      }
    }
    return false;
  }

  /** The same for a link that asks not to verify the certificate. */
  static OriginException unverified(OriginException failed) {
    return new OriginException(
        new Failure.Unverified(OptionalInt.empty()), Objects.requireNonNull(failed.getCause()));
  }

  /** While waiting for the response head. */
  static OriginException awaiting(IOException cause) {
    return switch (cause) {
      case SocketTimeoutException _ -> slow("no answer in time", cause);
      case NoHttpResponseException _ -> broken("closed without an answer", cause);
      case MessageConstraintException _ -> broken("head too large", cause);
      default -> broken("connection reset before the answer", cause);
    };
  }

  /** For a head that was rejected or not understood. The library's own message may quote it. */
  static OriginException head(HttpException cause) {
    return broken(cause instanceof BadHead bad ? bad.reason() : "bad framing", null);
  }

  /** While reading the body. */
  static OriginException reading(IOException cause) {
    return switch (cause) {
      case SocketTimeoutException _ -> slow("stalled", cause);
      case MalformedChunkCodingException _ -> broken("body cut short or badly framed", null);
      case MessageConstraintException _ -> broken("body badly framed", cause);
      case ConnectionClosedException _ -> broken("body cut short", cause);
      default -> broken("connection reset", cause);
    };
  }

  static OriginException broken(String detail) {
    return broken(detail, null);
  }

  private static OriginException broken(String detail, @Nullable Throwable cause) {
    return new OriginException(new Failure.Broken(OptionalInt.empty(), detail), cause);
  }

  private static OriginException slow(String detail, Throwable cause) {
    return new OriginException(new Failure.Slow(OptionalInt.empty(), detail), cause);
  }

  private static OriginException unreachable(String detail, @Nullable Throwable cause) {
    return new OriginException(new Failure.Unreachable(OptionalInt.empty(), detail), cause);
  }
}
