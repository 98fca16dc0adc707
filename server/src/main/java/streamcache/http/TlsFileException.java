package streamcache.http;

import java.io.IOException;

/** The certificate or its key cannot be used; the message is a sentence for the operator. */
public final class TlsFileException extends IOException {

  private static final long serialVersionUID = 1L;

  TlsFileException(String sentence) {
    super(sentence);
  }
}
