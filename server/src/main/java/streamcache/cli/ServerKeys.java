package streamcache.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.OptionalInt;
import java.util.function.Consumer;
import streamcache.link.BadLink;
import streamcache.link.KeyFileException;
import streamcache.link.KeyRing;
import streamcache.link.Links;
import streamcache.settings.Settings;

/**
 * The keys for making links, checked against the server that runs with these settings: a service
 * may run as another user and keep its keys elsewhere. Used by commands, on their thread; blocks
 * for up to a second for each question.
 */
final class ServerKeys {

  private static final int WITHIN_MILLIS = 1000;

  /** The status for a link that the server cannot read. */
  private static final int UNREADABLE = 400;

  private static final String ADVICE =
      " Run this command as the user of the server, or name the server's key file, such as"
          + " --secret-key-file /etc/streamcache/secret.key.";

  private final Settings settings;
  private final Consumer<String> warn;

  /**
   * @param warn receives a sentence for each problem
   */
  ServerKeys(Settings settings, Consumer<String> warn) {
    this.settings = settings;
    this.warn = warn;
  }

  /**
   * The keys of the settings. They are created if there are none, unless a server runs, which has
   * its own.
   *
   * @throws KeyFileException if there is no key that the running server knows, or the file cannot
   *     be used
   */
  KeyRing open() throws KeyFileException {
    boolean isMissing = Files.notExists(settings.link().keyFile());
    if (isMissing && HealthCommand.isWell(settings)) {
      throw new KeyFileException(
          "The server on port %d does not use the key file %s, which does not exist: it would not"
                  .formatted(settings.listen().port(), settings.link().keyFile())
              + " accept a link made with a new key."
              + ADVICE);
    }
    KeyRing keys = Keys.openOrMake(settings.link(), warn, warn);
    if (!isMissing && !keys.isEmpty() && isRefused(keys)) {
      warn.accept(
          "The server on port %d uses other keys than those in %s: it will not accept this link."
                  .formatted(settings.listen().port(), settings.link().keyFile())
              + ADVICE);
    }
    return keys;
  }

  /** Whether the server cannot read what is made with the newest key. */
  private boolean isRefused(KeyRing keys) {
    try {
      String asked = SelfCheckCalls.target(new Links(keys), "about");
      return status(asked).equals(OptionalInt.of(UNREADABLE)) && HealthCommand.isWell(settings);
    } catch (BadLink impossible) {
      throw new IllegalStateException("there is a key, and the URL is valid", impossible);
    }
  }

  /** The status of the server's response; empty without a server or a response. */
  private OptionalInt status(String target) {
    String bind = settings.listen().bind();
    String host = bind.isEmpty() ? "127.0.0.1" : bind;
    int port = settings.listen().port();
    try (Socket socket = OwnServer.connect(host, port, settings.tls().isPresent(), WITHIN_MILLIS)) {
      String request =
          "HEAD " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      String line = lines.readLine();
      return line != null && line.matches("HTTP/1\\.1 [0-9]{3}( .*)?")
          ? OptionalInt.of(Integer.parseInt(line.substring(9, 12)))
          : OptionalInt.empty();
    } catch (IOException _) {
      return OptionalInt.empty();
    }
  }
}
