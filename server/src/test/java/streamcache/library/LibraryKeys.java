package streamcache.library;

import java.nio.file.Path;
import streamcache.link.KeyFile;
import streamcache.link.KeyFileException;
import streamcache.link.Links;

/** Keys for tests of the library. */
final class LibraryKeys {

  private LibraryKeys() {}

  /** The links of a server with the key file in a folder, which is made if there is none. */
  static Links in(Path folder) throws KeyFileException {
    return new Links(new KeyFile(folder.resolve("secret.key")).openOrMake());
  }

  /** The same after a rotation of the keys. */
  static Links rotated(Path folder) throws KeyFileException {
    return new Links(new KeyFile(folder.resolve("secret.key")).rotate());
  }
}
