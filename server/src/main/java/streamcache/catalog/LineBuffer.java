package streamcache.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import streamcache.durable.FileDraft;

/** Collects the lines of a long file, so that each write to the disk is large. One thread. */
final class LineBuffer {

  private static final int ENOUGH = 1 << 16;

  private final FileDraft draft;
  private final StringBuilder text = new StringBuilder();

  LineBuffer(FileDraft draft) {
    this.draft = draft;
  }

  void add(String line) throws IOException {
    text.append(line).append('\n');
    if (text.length() >= ENOUGH) {
      flush();
    }
  }

  /** Writes what was collected; the caller calls it at the end. */
  void flush() throws IOException {
    draft.append(UTF_8.encode(text.toString()));
    text.setLength(0);
  }
}
