package streamcache.catalog;

import java.io.IOException;
import java.io.InputStream;

/** Where a playlist comes from. */
public interface CatalogSource {

  /** For messages: a file name or a host, without a secret. */
  String shownName();

  /** Its size in bytes, packed or not; 0 if it is not known. May block. */
  default long size() {
    return 0;
  }

  /**
   * Opens it from its start; may block. The caller closes the stream.
   *
   * @throws IOException with a message that is a sentence without secrets
   */
  InputStream open() throws IOException;
}
