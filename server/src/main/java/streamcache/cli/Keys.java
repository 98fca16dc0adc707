package streamcache.cli;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import streamcache.link.KeyFile;
import streamcache.link.KeyFileException;
import streamcache.link.KeyRing;
import streamcache.settings.LinkSettings;
import streamcache.settings.RequireSigned;

/** Opens the keys of this server for a start or a command, and creates them if there are none. */
final class Keys {

  private Keys() {}

  /** The keys of this server; empty if it has none yet. */
  static Optional<KeyRing> open(LinkSettings settings) throws KeyFileException {
    return new KeyFile(settings.keyFile()).open();
  }

  /**
   * If no key file can be created, the server still serves plain links, unless the settings name
   * the file or always require signed links.
   *
   * @param news receives a sentence when a key was made
   * @param warn receives a sentence for each problem
   * @throws KeyFileException if a file cannot be used, or one is needed and cannot be created
   */
  static KeyRing openOrMake(LinkSettings settings, Consumer<String> news, Consumer<String> warn)
      throws KeyFileException {
    KeyFile file = new KeyFile(settings.keyFile());
    Optional<KeyRing> found = file.open();
    file.warnings().forEach(warn);
    return found.isPresent() ? found.get() : make(settings, file, news, warn);
  }

  /**
   * As {@link #openOrMake}, on its own thread: the platform takes 50 ms to prepare its first key,
   * and the store can be opened meanwhile.
   */
  static FutureTask<KeyRing> begin(
      LinkSettings settings, Consumer<String> news, Consumer<String> warn) {
    FutureTask<KeyRing> opening = new FutureTask<>(() -> openOrMake(settings, news, warn));
    Thread.ofPlatform().daemon().name("keys").start(opening);
    return opening;
  }

  /** Waits for the result of {@code begin}. */
  static KeyRing await(FutureTask<KeyRing> opening) throws KeyFileException {
    try {
      return opening.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted during startup", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KeyFileException cause) {
        throw cause;
      }
      throw new IllegalStateException("the keys could not be opened", e);
    }
  }

  private static KeyRing make(
      LinkSettings settings, KeyFile file, Consumer<String> news, Consumer<String> warn)
      throws KeyFileException {
    try {
      KeyRing made = file.openOrMake();
      news.accept(
          "Created a key for links in "
              + file.path()
              + "; keep a copy of that file: without it, the links made with the key stop"
              + " working.");
      return made;
    } catch (KeyFileException e) {
      boolean isNeeded =
          settings.keyFileNamed() || settings.requireSigned() == RequireSigned.ALWAYS;
      if (isNeeded) {
        throw e;
      }
      warn.accept(e.getMessage() + " Until then, only plain links work.");
      return KeyRing.empty();
    }
  }
}
