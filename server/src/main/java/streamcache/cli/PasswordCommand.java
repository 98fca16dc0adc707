package streamcache.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import streamcache.admin.NewPassword;
import streamcache.admin.PasswordFile;

/**
 * The password command: sets the password of the operator's page, whatever it was before. A user
 * who may write the configuration folder is the operator, so the old one is not asked for.
 */
final class PasswordCommand {

  private final PasswordFile file;
  private final InputStream in;
  private final PrintWriter out;
  private final PrintWriter err;

  /**
   * @param in has the password on its first line if there is no terminal
   */
  PasswordCommand(Path configFolder, InputStream in, PrintWriter out, PrintWriter err) {
    this.file = new PasswordFile(configFolder);
    this.in = in;
    this.out = out;
    this.err = err;
  }

  int run() {
    try {
      Optional<Console> terminal =
          Optional.ofNullable(System.console()).filter(Console::isTerminal);
      Optional<String> typed = terminal.isPresent() ? typed(terminal.get()) : piped();
      if (typed.isEmpty()) {
        return Main.CANNOT_START;
      }
      file.set(NewPassword.of(typed.get()));
      out.printf(
          "The password is set, in %s. A running server takes it at once; all sessions end.%n",
          file.path());
      return 0;
    } catch (IllegalArgumentException refused) {
      err.println("streamcache: " + refused.getMessage());
      return Main.CANNOT_START;
    } catch (IOException e) {
      err.printf(
          "streamcache: %s cannot be written (%s); run this command as the user of the server.%n",
          file.path(), e.getClass().getSimpleName());
      return 1;
    }
  }

  private Optional<String> typed(Console terminal) {
    char[] first = terminal.readPassword("New password: ");
    char[] again = terminal.readPassword("The same again: ");
    if (first == null || again == null || !Arrays.equals(first, again)) {
      err.println("streamcache: the two passwords are not the same; nothing was changed.");
      return Optional.empty();
    }
    return Optional.of(new String(first));
  }

  private Optional<String> piped() throws IOException {
    String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
    if (line == null) {
      err.println(
          "streamcache: run this command on a terminal, or give it the password on standard"
              + " input.");
      return Optional.empty();
    }
    return Optional.of(line);
  }
}
