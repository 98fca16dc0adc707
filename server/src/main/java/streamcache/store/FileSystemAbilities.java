package streamcache.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the file system under the cache folder can do, found by trying ({@link FileSystemProbe}) and
 * remembered in the STORE file. A value, for any thread.
 *
 * @param sparse a file takes no space where nothing was written
 * @param punch space can be given back in the middle of a file
 * @param hardLinks a file can have two names
 * @param type what the system calls the file system, such as ext4; for people
 * @param device the system's number for it, 0 when it has none; another one means another disk
 */
record FileSystemAbilities(
    boolean sparse, boolean punch, boolean hardLinks, String type, long device) {

  /** For a person who asks whether the disk is fit. */
  String words() {
    if (!sparse) {
      return type
          + ": no sparse files, so a seek writes all before it; ext4, xfs or btrfs do better";
    }
    return punch
        ? type + ": sparse files, parts of a film can be given up"
        : type + ": sparse files, but only whole films can be given up";
  }

  /** For the STORE file; {@link #fromJson} reads it back. */
  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", type);
    json.put("device", device);
    json.put("sparse", sparse);
    json.put("punch", punch);
    json.put("hardLinks", hardLinks);
    return json;
  }

  /** Empty when a field is missing or of another kind, so that the caller probes again. */
  static Optional<FileSystemAbilities> fromJson(Map<String, ?> json) {
    if (json.get("sparse") instanceof Boolean sparse
        && json.get("punch") instanceof Boolean punch
        && json.get("hardLinks") instanceof Boolean hardLinks
        && json.get("type") instanceof String type
        && json.get("device") instanceof Number device) {
      return Optional.of(
          new FileSystemAbilities(sparse, punch, hardLinks, type, device.longValue()));
    }
    return Optional.empty();
  }
}
