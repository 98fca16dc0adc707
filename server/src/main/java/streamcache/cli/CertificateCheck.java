package streamcache.cli;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import streamcache.origin.AnyCertificate;

/**
 * Examines the certificate of an https address as a player does.
 *
 * @param trust decides which authorities are known
 */
record CertificateCheck(WebPlace place, SSLContext trust, InstantSource clock, Findings findings) {

  private static final String WHAT = "certificate";

  /** Renewal programs renew a month before the end. */
  private static final Duration SOON = Duration.ofDays(14);

  static CertificateCheck of(WebPlace place, InstantSource clock, Findings findings) {
    try {
      return new CertificateCheck(place, SSLContext.getDefault(), clock, findings);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }

  /** Says nothing if nothing answers: the check of the address does. */
  void examine() {
    certificate().ifPresent(this::examine);
  }

  private void examine(X509Certificate certificate) {
    Instant now = clock.instant();
    Instant end = certificate.getNotAfter().toInstant();
    Instant begin = certificate.getNotBefore().toInstant();
    long days = Duration.between(now, end).toDays();
    if (end.isBefore(now)) {
      findings.bad(
          WHAT, "that of %s has expired on %s; renew it".formatted(place.host(), day(end)));
    } else if (begin.isAfter(now)) {
      findings.bad(
          WHAT,
          "that of %s is valid from %s on; correct the clock of this machine, or wait"
              .formatted(place.host(), day(begin)));
    } else if (isAccepted(/* checksName= */ true)) {
      findings.say(
          end.isAfter(now.plus(SOON)),
          WHAT,
          "that of %s is valid for %s more"
                  .formatted(place.host(), Printable.count(days, "day", "days"))
              + (end.isAfter(now.plus(SOON)) ? "" : "; find out why it was not renewed"));
    } else if (isAccepted(/* checksName= */ false)) {
      findings.bad(
          WHAT,
          "that of %s is for another name; make one for this name, or correct BASE_URL"
              .formatted(place.host()));
    } else {
      findings.bad(
          WHAT,
          "that of %s is of no authority that this machine knows, and most players reject it; send"
                  .formatted(place.host())
              + " the whole chain (fullchain.pem), or use one of a public authority");
    }
  }

  private static LocalDate day(Instant time) {
    return time.atOffset(ZoneOffset.UTC).toLocalDate();
  }

  private Optional<X509Certificate> certificate() {
    try (Socket socket = place.connect(AnyCertificate.context(), /* checksName= */ false)) {
      Certificate[] chain =
          socket instanceof SSLSocket tls
              ? tls.getSession().getPeerCertificates()
              : new Certificate[0];
      return chain.length > 0 && chain[0] instanceof X509Certificate own
          ? Optional.of(own)
          : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private boolean isAccepted(boolean checksName) {
    try (Socket socket = place.connect(trust, checksName)) {
      return socket.isConnected();
    } catch (IOException _) {
      return false;
    }
  }
}
