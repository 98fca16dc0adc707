package streamcache.origin;

import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;

/** Sets up TLS to providers: with certificate checks, or without if the operator says so. */
final class Tls {

  private Tls() {}

  /**
   * @param check decides for which hosts certificates are checked
   */
  static TlsSocketStrategy strategy(TlsCheck check) {
    TlsSocketStrategy checking = DefaultClientTlsStrategy.createDefault();
    TlsSocketStrategy trusting = trusting();
    return (socket, host, port, attachment, context) ->
        (check.isWanted(host, port) ? checking : trusting)
            .upgrade(socket, host, port, attachment, context);
  }

  private static TlsSocketStrategy trusting() {
    return new DefaultClientTlsStrategy(
        AnyCertificate.context(), HostnameVerificationPolicy.CLIENT, NoopHostnameVerifier.INSTANCE);
  }
}
