package streamcache.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import streamcache.durable.Disk;
import streamcache.link.TitleKey;
import streamcache.range.ByteRange;

/**
 * The small cache folder in {@code src/test/resources/store-format-1}, as one version left it for
 * all later ones. Run {@link #main} with a new folder once {@link StoreFile#FORMAT} has changed,
 * and keep the former folders.
 */
final class StoreFormatFixture {

  static final TitleKey COMPLETE = StoreRig.key(1);
  static final TitleKey PARTIAL = StoreRig.key(2);
  static final int LENGTH = 50_000;

  /** What is present of the partial title. */
  static final List<ByteRange> PRESENT =
      List.of(new ByteRange(0, 12_288), new ByteRange(20_480, 24_576));

  private StoreFormatFixture() {}

  public static void main(String[] arguments) throws Exception {
    try (Store store =
        Store.open(
            StoreRig.settings(Path.of(arguments[0])),
            new StoreRig.Ear(),
            Disk.system(),
            StoreTime.SYSTEM,
            Stores.BOOT)) {
      try (Title title = store.title(COMPLETE)) {
        StoreRig.write(title.begin(StoreRig.facts(LENGTH)), 0, LENGTH);
        Stores.onKeeper(title, () -> {}); // Runs after the checkpoint that completes it.
      }
      try (Title title = store.title(PARTIAL)) {
        writePart(title.begin(StoreRig.facts(LENGTH)));
      }
      if (!store.title(COMPLETE).generation().orElseThrow().isComplete()) {
        throw new IOException("not complete within " + Duration.ofSeconds(30));
      }
    }
  }

  private static void writePart(Generation generation) throws StoreException {
    for (ByteRange range : PRESENT) {
      StoreRig.write(generation, range.start(), (int) range.length());
    }
  }
}
