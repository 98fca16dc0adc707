package streamcache.settings;

import java.nio.file.Path;

/**
 * The TLS certificate and key of the server.
 *
 * @param certificate PEM: the certificate of the server, then those of its issuers
 * @param key PEM, PKCS#8: the private key of the first certificate
 */
public record TlsSettings(Path certificate, Path key) {}
