package streamcache.http;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import streamcache.settings.TlsSettings;

/**
 * The contents of the two files at one time, and the TLS context made of them: BoringSSL if its
 * library loads, otherwise the JDK's own (decision 0012).
 */
record TlsFiles(TlsSettings settings, String certificate, String key) {

  /** The versions that every player of the last ten years supports, and none that is broken. */
  private static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");

  private static final String RSA_EXCHANGE = "TLS_RSA_";

  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

  static TlsFiles read(TlsSettings settings) throws TlsFileException {
    return new TlsFiles(
        settings, text("TLS_CERT", settings.certificate()), text("TLS_KEY", settings.key()));
  }

  private static String text(String setting, Path file) throws TlsFileException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new TlsFileException(setting + " cannot be read: " + file + ".");
    }
  }

  boolean isSame(TlsFiles other) {
    return certificate.equals(other.certificate) && key.equals(other.key);
  }

  /** Throws when the certificate and the key do not match or either is unusable. */
  SslContext context() throws TlsFileException {
    X509Certificate[] chain = chain();
    PrivateKey own = privateKey(chain[0].getPublicKey().getAlgorithm());
    if (!fits(own, chain[0])) {
      throw new TlsFileException(
          "TLS_KEY ("
              + settings.key()
              + ") does not match TLS_CERT ("
              + settings.certificate()
              + ").");
    }
    try {
      return SslContextBuilder.forServer(own, chain)
          .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
          .protocols(VERSIONS)
          .ciphers(/* ciphers= */ null, TlsFiles::suites)
          .applicationProtocolConfig(
              new ApplicationProtocolConfig(
                  Protocol.ALPN,
                  SelectorFailureBehavior.NO_ADVERTISE,
                  SelectedListenerFailureBehavior.ACCEPT,
                  "http/1.1"))
          .build();
    } catch (IOException e) {
      throw new TlsFileException("TLS_CERT and TLS_KEY cannot be used for TLS.");
    }
  }

  /**
   * The library's suites without those whose key exchange keeps no secret once the key of the
   * certificate is known. The JDK forbids them, but not where TLS_LEGACY permits them to a
   * provider: that setting applies to the whole process, and must not reach players.
   */
  private static String[] suites(
      @Nullable Iterable<String> ciphers, List<String> usual, Set<String> supported) {
    return usual.stream().filter(suite -> !suite.startsWith(RSA_EXCHANGE)).toArray(String[]::new);
  }

  private X509Certificate[] chain() throws TlsFileException {
    byte[] pem = certificate.getBytes(StandardCharsets.ISO_8859_1);
    try {
      X509Certificate[] chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))
              .toArray(X509Certificate[]::new);
      if (chain.length > 0) {
        return chain;
      }
    } catch (GeneralSecurityException e) {
      // Reported below; the JDK does not say what is wrong either.
    }
    throw new TlsFileException(
        "TLS_CERT contains no certificate in PEM format: " + settings.certificate() + ".");
  }

  private PrivateKey privateKey(String algorithm) throws TlsFileException {
    Matcher found = PKCS8.matcher(key);
    try {
      if (found.find()) {
        byte[] decoded = Base64.getMimeDecoder().decode(found.group(1));
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(decoded));
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new TlsFileException(
          "TLS_KEY ("
              + settings.key()
              + ") does not match TLS_CERT ("
              + settings.certificate()
              + "), or is damaged.");
    }
    throw new TlsFileException(
        "TLS_KEY contains no unencrypted private key that begins with BEGIN PRIVATE KEY: "
            + settings.key()
            + "; convert it with 'openssl pkcs8 -topk8 -nodes'.");
  }

  private static boolean fits(PrivateKey key, X509Certificate certificate) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> key.getAlgorithm();
        };
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      byte[] signature = signer.sign();
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(certificate.getPublicKey());
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "certificate " + settings.certificate() + " and its key";
  }
}
