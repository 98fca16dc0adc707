package streamcache.admin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The folders of the library that the settings name, and the rule by which their files get links.
 */
public interface LibraryTrees {

  /** What a file is, or becomes. */
  enum Kind {
    /** It has a link as it should be. */
    LINKED,
    /** It holds the URL of a provider, in whose place a link comes. */
    WRAP,
    /** Its link has another address, form or key than new ones have. */
    REBASE,
    /** It is none to get a link. */
    LEFT,
    /** It cannot be read or written, or its link does not work. */
    FAULTY
  }

  /**
   * One file that was looked at.
   *
   * @param words why, for a file that stays as it is; empty otherwise
   */
  record Seen(Path file, Kind kind, String words) {}

  /** May be empty. */
  List<Path> folders();

  /**
   * Looks at each {@code .strm} file below a folder. Blocks on the disk; follows no symbolic link.
   *
   * @param writes whether files of the kinds WRAP and REBASE are changed
   * @param seen on the caller's thread
   * @param isStopping whether to end early
   */
  void look(Path folder, boolean writes, Consumer<Seen> seen, BooleanSupplier isStopping)
      throws IOException;
}
