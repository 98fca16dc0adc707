package streamcache.store;

import java.nio.file.Path;
import java.util.List;
import streamcache.link.TitleKey;

/**
 * The paths in the cache folder. The path of a sidecar follows from the key alone, so that a title
 * can be served before any index is loaded.
 */
record Layout(Path root) {

  static final String SIDECAR = ".st";

  /** Suffix of a media file that is not complete; removed by a rename when it is. */
  static final String PART = ".part";

  /** Suffix of a folder that holds a film in chunks. */
  static final String CHUNKS = ".chunks";

  /** Suffix of a media file in the trash. */
  static final String MEDIA = ".media";

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

  /**
   * The path of a title's file while it is being deleted; a name that no other program chooses.
   *
   * @param id 16 hex digits, of a generation or random
   * @param ending suffix that says what the file was
   */
  Path trashed(TitleKey key, String id, String ending) {
    return trash().resolve(key.value() + "." + id + ending);
  }

  /** The folders that exist while a store is open. */
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
