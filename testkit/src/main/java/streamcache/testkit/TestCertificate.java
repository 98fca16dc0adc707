package streamcache.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A self-signed certificate for localhost and 127.0.0.1, created at run time with the JDK's
 * keytool. Immutable; any thread.
 *
 * @param keyStore PKCS12 file, also usable as a trust store; deleted with the process
 * @param password of the key store
 * @param context acts as a server with the certificate and as a client that trusts it
 */
public record TestCertificate(Path keyStore, String password, SSLContext context) {

  private static final class Shared {
    static final TestCertificate CERTIFICATE = make("CN=localhost", "dns:localhost,ip:127.0.0.1");
  }

  /** Returns one certificate for all tests of the process: creating it takes a second. */
  public static TestCertificate shared() {
    return Shared.CERTIFICATE;
  }

  /** Creates one for another name, such as one that does not match the host. */
  public static TestCertificate make(String distinguishedName, String alternativeNames) {
    try {
      Path folder = Files.createTempDirectory("streamcache-certificate");
      Path keyStore = folder.resolve("key.p12");
      folder.toFile().deleteOnExit();
      keyStore.toFile().deleteOnExit();
      String password = "changeit";
      keytool(keyStore, password, distinguishedName, alternativeNames);
      return new TestCertificate(keyStore, password, context(keyStore, password));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the certificate and its key in the form that servers read. */
  public void writePem(Path certificate, Path key) {
    try (InputStream in = Files.newInputStream(keyStore)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, password.toCharArray());
      Files.writeString(certificate, pem("CERTIFICATE", keys.getCertificate("test").getEncoded()));
      byte[] own = keys.getKey("test", password.toCharArray()).getEncoded();
      Files.writeString(key, pem("PRIVATE KEY", own));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String what, byte[] bytes) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
  }

  /** Wraps an accepted connection in TLS as a server. */
  Socket over(Socket raw) throws IOException {
    Socket socket = context.getSocketFactory().createSocket(raw, "127.0.0.1", raw.getPort(), true);
    ((SSLSocket) socket).setUseClientMode(false);
    return socket;
  }

  private static void keytool(
      Path keyStore, String password, String distinguishedName, String alternativeNames)
      throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "test",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-validity",
            "30",
            "-dname",
            distinguishedName,
            "-ext",
            "san=" + alternativeNames,
            "-storetype",
            "PKCS12",
            "-keystore",
            keyStore.toString(),
            "-storepass",
            password);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      byte[] output = process.getInputStream().readAllBytes();
      if (process.waitFor() != 0) {
        throw new IOException("keytool: " + new String(output, StandardCharsets.UTF_8));
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static SSLContext context(Path keyStore, String password) throws IOException {
    try (InputStream in = Files.newInputStream(keyStore)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, password.toCharArray());
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("test", keys.getCertificate("test"));
      KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
      own.init(keys, password.toCharArray());
      TrustManagerFactory others = TrustManagerFactory.getInstance("PKIX");
      others.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own.getKeyManagers(), others.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }
}
