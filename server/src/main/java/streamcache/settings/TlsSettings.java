package streamcache.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The TLS certificate and key of the server.
 *
 * @param certificate PEM: the certificate of the server, then those of its issuers
 * @param key PEM, PKCS#8: the private key of the first certificate
 */
public record TlsSettings(Path certificate, Path key) {
  static Optional<TlsSettings> read(Sources sources) {
    Optional<Path> certificate = sources.read(SettingsTable.TLS_CERT);
    Optional<Path> key = sources.read(SettingsTable.TLS_KEY);
    boolean isCertificateGiven = sources.given(SettingsTable.TLS_CERT).isPresent();
    if (isCertificateGiven != sources.given(SettingsTable.TLS_KEY).isPresent()) {
      sources
          .problems()
          .add(
              isCertificateGiven
                  ? "TLS_CERT is set without TLS_KEY; set both, or neither for plain HTTP."
                  : "TLS_KEY is set without TLS_CERT; set both, or neither for plain HTTP.");
    }
    return certificate.flatMap(chain -> key.map(own -> new TlsSettings(chain, own)));
  }
}
