package streamcache.origin;

import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.apache.hc.core5.ssl.SSLContexts;

/**
 * Sets up TLS to providers: with certificate checks, or without if the operator says so; with old
 * protocols for hosts that have no others.
 */
final class Tls {

  private Tls() {}

  /**
   * @param check decides how each host is checked
   */
  static TlsSocketStrategy strategy(TlsCheck check) {
    TlsSocketStrategy checking = DefaultClientTlsStrategy.createDefault();
    TlsSocketStrategy trusting =
        new DefaultClientTlsStrategy(
            AnyCertificate.context(),
            HostnameVerificationPolicy.CLIENT,
            NoopHostnameVerifier.INSTANCE);
    TlsSocketStrategy legacyChecking =
        legacy(
            SSLContexts.createDefault(),
            HostnameVerificationPolicy.BOTH,
            HttpsSupport.getDefaultHostnameVerifier());
    TlsSocketStrategy legacyTrusting =
        legacy(
            AnyCertificate.context(),
            HostnameVerificationPolicy.CLIENT,
            NoopHostnameVerifier.INSTANCE);
    return (socket, host, port, attachment, context) -> {
      boolean isChecked = check.isWanted(host, port);
      TlsSocketStrategy usual = isChecked ? checking : trusting;
      TlsSocketStrategy legacy = isChecked ? legacyChecking : legacyTrusting;
      return (check.mayBeLegacy(host, port) ? legacy : usual)
          .upgrade(socket, host, port, attachment, context);
    };
  }

  private static TlsSocketStrategy legacy(
      SSLContext context, HostnameVerificationPolicy policy, HostnameVerifier names) {
    return new DefaultClientTlsStrategy(
        context,
        LegacyTls.versions(),
        LegacyTls.suites(context),
        SSLBufferMode.STATIC,
        policy,
        names);
  }
}
