package streamcache.durable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the file system under the cache folder can do, found by trying ({@link FileSystemProbe}) and
 * saved in the STORE file. An immutable value, for any thread.
 *
 * @param sparse whether a file takes no space where nothing was written
 * @param punch whether space in the middle of a file can be given back
 * @param exact whether synced bytes take space, zeros included, so that a hole in them is a loss;
 *     false where the file system compresses or reports its allocation late
 * @param hardLinks whether a file can have two names
 * @param chunkBytes size of chunk files, where they are needed; saved so that they are found again
 * @param type the system's name for the file system, such as ext4; for people
 * @param device the system's number for it, 0 if it has none; another number means another disk
 */
public record FileSystemAbilities(
    boolean sparse,
    boolean punch,
    boolean exact,
    boolean hardLinks,
    long chunkBytes,
    String type,
    long device) {

  /** Says whether the disk is suitable; for the operator. */
  public String words() {
    if (!sparse) {
      return type
          + ": no sparse files, so films are stored as chunks of 16 MiB; ext4, xfs or btrfs is"
          + " better";
    }
    return punch
        ? type + ": sparse files; parts of a film can be evicted"
        : type + ": sparse files; only whole films can be evicted";
  }

  /** For the STORE file; {@link #fromJson} reads it back. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", type);
    json.put("device", device);
    json.put("sparse", sparse);
    json.put("punch", punch);
    json.put("exact", exact);
    json.put("hardLinks", hardLinks);
    json.put("chunkBytes", chunkBytes);
    return json;
  }

  /** Empty if a field is missing or of another type, so that the caller probes again. */
  public static Optional<FileSystemAbilities> fromJson(Map<String, ?> json) {
    if (json.get("sparse") instanceof Boolean sparse
        && json.get("punch") instanceof Boolean punch
        && json.get("exact") instanceof Boolean exact
        && json.get("hardLinks") instanceof Boolean hardLinks
        && json.get("chunkBytes") instanceof Number chunkBytes
        && json.get("type") instanceof String type
        && json.get("device") instanceof Number device) {
      return Optional.of(
          new FileSystemAbilities(
              sparse, punch, exact, hardLinks, chunkBytes.longValue(), type, device.longValue()));
    }
    return Optional.empty();
  }
}
