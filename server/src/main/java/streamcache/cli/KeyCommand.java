package streamcache.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import streamcache.link.KeyFile;
import streamcache.link.KeyFileException;
import streamcache.link.KeyRing;
import streamcache.settings.LinkSettings;

/** The key command: says which keys exist, and makes a new one. Never shows a key. */
final class KeyCommand {

  static final String ROTATE = "rotate";

  private final LinkSettings settings;
  private final PrintWriter out;
  private final PrintWriter err;

  KeyCommand(LinkSettings settings, PrintWriter out, PrintWriter err) {
    this.settings = settings;
    this.out = out;
    this.err = err;
  }

  int run(List<String> words) {
    boolean rotates = words.equals(List.of(ROTATE));
    if (!words.isEmpty() && !rotates) {
      err.println("streamcache: 'key' takes no argument, or 'rotate'.");
      return Main.CANNOT_START;
    }
    try {
      KeyFile file = new KeyFile(settings.keyFile());
      KeyRing keys = rotates ? file.rotate() : file.openOrMake();
      file.warnings().forEach(warning -> err.println("streamcache: " + warning));
      out.println("file  " + file.path());
      out.println("new   links are made with key " + keys.ids().getFirst());
      out.println("read  links made with " + letters(keys));
      if (rotates) {
        out.println("Restart the server now: it does not know the new key yet.");
      }
      return 0;
    } catch (KeyFileException e) {
      err.println("streamcache: " + e.getMessage());
      return 1;
    }
  }

  private static String letters(KeyRing keys) {
    return keys.ids().stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
