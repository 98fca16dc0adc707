package streamcache.settings;

import java.nio.file.Path;

/**
 * What the server shows players over TLS.
 *
 * @param certificate PEM: the server's own, then those that vouch for it
 * @param key PEM, PKCS#8: the private key of the first certificate
 */
public record TlsSettings(Path certificate, Path key) {}
