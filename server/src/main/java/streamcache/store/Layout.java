package streamcache.store;

import java.nio.file.Path;
import java.util.List;
import streamcache.link.TitleKey;

/**
 * Where things lie in the cache folder. The sidecar follows from the key alone, so that a title is
 * served before any index is loaded.
 */
record Layout(Path root) {

  static final String SIDECAR = ".st";

  /** Ends the name of a file that is to take the place of another. */
  static final String DRAFT = ".tmp";

  /** Ends the name of a media file that is not complete; dropped by rename when it is. */
  static final String PART = ".part";

  /** Ends the name of a folder that holds a film in chunks. */
  static final String CHUNKS = ".chunks";

  /** Where a file is written before it takes its place. */
  static Path draft(Path place) {
    return place.resolveSibling(place.getFileName() + DRAFT);
  }

  Path storeFile() {
    return root.resolve("STORE");
  }

  Path lockFile() {
    return root.resolve("LOCK");
  }

  Path media() {
    return root.resolve("media");
  }

  Path kept() {
    return root.resolve("kept");
  }

  Path trash() {
    return root.resolve("trash");
  }

  /** All that are there while a store is open. */
  List<Path> folders() {
    return List.of(media(), kept(), trash());
  }

  Path shard(TitleKey key) {
    return media().resolve(key.value().substring(0, 2));
  }

  Path sidecar(TitleKey key) {
    return shard(key).resolve(key.value() + SIDECAR);
  }
}
