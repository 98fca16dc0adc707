package streamcache.origin;

import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * RSA key exchange and TLS 1.0 and 1.1, for the providers that have nothing else (TLS_LEGACY). Java
 * forbids them for the whole process, in a list that it reads once, and constraints of a socket can
 * only forbid more. So {@link #permit} shortens that list at the start, and sets the defaults of
 * all other sockets to what the full list leaves.
 */
public final class LegacyTls {

  private static final String DISABLED = "jdk.tls.disabledAlgorithms";
  private static final List<String> LEGACY = List.of("TLSv1", "TLSv1.1", "TLS_RSA_*");
  private static final String RSA_KEY_EXCHANGE = "TLS_RSA_WITH_AES_";

  /** What {@link #LEGACY} leaves, the best first. */
  private static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");

  private static final List<String> SUITES =
      List.of(
          "TLS_AES_256_GCM_SHA384",
          "TLS_AES_128_GCM_SHA256",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
          "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
          "TLS_DHE_RSA_WITH_AES_128_CBC_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
          "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
          "TLS_DHE_RSA_WITH_AES_256_CBC_SHA",
          "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
          "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
          "TLS_DHE_RSA_WITH_AES_128_CBC_SHA");

  private LegacyTls() {}

  /** Call once, before anything in this process uses TLS; has no effect afterwards. */
  public static void permit() {
    Security.setProperty(DISABLED, without(Security.getProperty(DISABLED)));
    for (String side : List.of("client", "server")) {
      System.setProperty("jdk.tls." + side + ".protocols", String.join(",", VERSIONS));
      System.setProperty("jdk.tls." + side + ".cipherSuites", String.join(",", SUITES));
    }
  }

  /** The list of disabled algorithms, but for the legacy ones. */
  static String without(String disabled) {
    return Arrays.stream(disabled.split(",", -1))
        .map(String::strip)
        .filter(entry -> !LEGACY.contains(entry))
        .collect(Collectors.joining(", "));
  }

  /** The protocol versions for a provider with TLS_LEGACY. */
  static String[] versions() {
    return Stream.concat(VERSIONS.stream(), Stream.of("TLSv1.1", "TLSv1")).toArray(String[]::new);
  }

  /** The cipher suites for a provider with TLS_LEGACY: the usual ones first. */
  static String[] suites(SSLContext context) {
    SSLParameters usual = context.getDefaultSSLParameters();
    SSLParameters all = context.getSupportedSSLParameters();
    Stream<String> legacy =
        Arrays.stream(all.getCipherSuites()).filter(suite -> suite.startsWith(RSA_KEY_EXCHANGE));
    return Stream.concat(Arrays.stream(usual.getCipherSuites()), legacy)
        .distinct()
        .toArray(String[]::new);
  }
}
