package streamcache.cli;

import java.util.Optional;
import java.util.function.Consumer;
import streamcache.link.KeyFile;
import streamcache.link.KeyFileException;
import streamcache.link.KeyRing;
import streamcache.settings.LinkSettings;

/** Opens the keys of this server for a start or a command, and makes them when there are none. */
final class Keys {

  private Keys() {}

  /**
   * A place that cannot be written is no reason not to serve plain links at home, unless somebody
   * named it or wants no others.
   *
   * @param news gets a sentence when a key was made
   * @param warn gets a sentence for each thing that is not as it should be
   * @throws KeyFileException there is a file that cannot be used, or one is needed and cannot be
   *     made
   */
  static KeyRing openOrMake(LinkSettings settings, Consumer<String> news, Consumer<String> warn)
      throws KeyFileException {
    KeyFile file = new KeyFile(settings.keyFile());
    Optional<KeyRing> found = file.open();
    file.warnings().forEach(warn);
    return found.isPresent() ? found.get() : make(settings, file, news, warn);
  }

  private static KeyRing make(
      LinkSettings settings, KeyFile file, Consumer<String> news, Consumer<String> warn)
      throws KeyFileException {
    try {
      KeyRing made = file.openOrMake();
      news.accept(
          "Made a key for links in "
              + file.path()
              + "; keep a copy, without it the links made with it do not work.");
      return made;
    } catch (KeyFileException e) {
      boolean isNeeded =
          settings.keyFileNamed() || settings.requireSigned() == LinkSettings.RequireSigned.ALWAYS;
      if (isNeeded) {
        throw e;
      }
      warn.accept(e.getMessage() + " Until then there are plain links only.");
      return KeyRing.empty();
    }
  }
}
