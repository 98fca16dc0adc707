package streamcache.cli;

import java.util.Locale;
import java.util.Optional;

/** What is known about kinds of file systems beyond what can be tried. Pure. */
final class FileSystemNotes {

  private FileSystemNotes() {}

  /**
   * What to know about a kind, and what to do.
   *
   * @param type the system's name for the file system
   */
  static Optional<String> advice(String type) {
    String kind = type.toLowerCase(Locale.ROOT);
    return switch (kind) {
      case "tmpfs", "ramfs" ->
          Optional.of("it is memory, which films fill and a restart empties; use a disk");
      case "overlay", "overlayfs", "aufs" ->
          Optional.of(
              "it is the container's own layer, which is lost with the container; mount a volume at"
                  + " CACHE_DIR");
      case "nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "9p", "virtiofs" ->
          Optional.of(
              "it is a network share, which is slower than a disk and takes films with it when it"
                  + " fails; a disk of this machine is better");
      default ->
          kind.startsWith("fuse")
              ? Optional.of(
                  "it is a program (%s), which is slower than the file system below; name a folder of"
                          .formatted(type)
                      + " one of its disks if you can")
              : Optional.empty();
    };
  }
}
