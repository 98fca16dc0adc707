package streamcache.xtream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import streamcache.catalog.LibraryException;
import streamcache.durable.ScratchFolder;
import streamcache.link.AccountId;

/**
 * Where an import puts what it reads: into the folder of the library, or for a dry run into a
 * folder that is deleted. One thread; blocks on the disk. Its owner closes it.
 */
final class ImportState implements AutoCloseable {

  /** The name of a folder in the library, which media servers pass over. */
  static final String NAME = ".streamcache-xtream";

  /** The name of a file, which exists for one response. */
  private static final String RESPONSE = "response";

  private final Path kept;
  private final Path folder;
  private final boolean isDryRun;

  private ImportState(Path kept, Path folder, boolean isDryRun) {
    this.kept = kept;
    this.folder = folder;
    this.isDryRun = isDryRun;
  }

  /**
   * @param library its folder
   * @throws LibraryException if nothing can be written
   */
  static ImportState of(Path library, boolean isDryRun) throws LibraryException {
    Path kept = library.resolve(NAME);
    try {
      return new ImportState(
          kept,
          isDryRun ? ScratchFolder.named("streamcache-import") : Files.createDirectories(kept),
          isDryRun);
    } catch (IOException e) {
      throw LibraryProblems.unwritable(kept, e);
    }
  }

  /** The path of a file for one response. */
  Path response() {
    return folder.resolve(RESPONSE);
  }

  /** What is known of the series of an account. */
  SeriesShelf shelf(AccountId account) throws LibraryException {
    try {
      return isDryRun ? SeriesShelf.view(kept, account) : SeriesShelf.in(kept, account);
    } catch (IOException e) {
      throw LibraryProblems.unwritable(kept, e);
    }
  }

  @Override
  public void close() {
    if (isDryRun) {
      ScratchFolder.delete(folder);
    }
  }
}
