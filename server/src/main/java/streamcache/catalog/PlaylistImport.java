package streamcache.catalog;

import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.zip.ZipException;
import streamcache.link.Links;

/**
 * Brings the entries of a playlist into a library. Opened before the library, so that what is no
 * playlist changes nothing. One thread; blocks for its source and the disk. Closed by its owner.
 */
public final class PlaylistImport implements AutoCloseable {

  private final PlaylistReader reader;
  private final Classification classification;
  private final Selection selection;
  private long omitted;

  private PlaylistImport(
      PlaylistReader reader, Classification classification, Selection selection) {
    this.reader = reader;
    this.classification = classification;
    this.selection = selection;
  }

  /**
   * @param links knows which parts of a provider's URLs do not distinguish titles
   * @throws IOException with a sentence, if the source cannot be read or is not a playlist
   */
  public static PlaylistImport open(CatalogSource source, Selection selection, Links links)
      throws IOException {
    try {
      return new PlaylistImport(PlaylistReader.open(source), new Classification(links), selection);
    } catch (EOFException | ZipException e) {
      throw new PlaylistException(sentence(e));
    }
  }

  /**
   * What became of an import.
   *
   * @param omitted entries that were not selected
   * @param broken why the source could not be read to its end; empty if it was
   */
  public record Outcome(LibrarySummary summary, long omitted, Optional<String> broken) {}

  /**
   * Writes every selected entry. If the source breaks off, nothing is removed.
   *
   * @param progress receives how many entries were read so far, after each
   */
  public Outcome into(Library library, LongConsumer progress) throws LibraryException {
    Optional<String> broken = Optional.empty();
    long read = 0;
    try {
      for (Optional<PlaylistItem> item = reader.next(); item.isPresent(); item = reader.next()) {
        write(classification.of(item.get()), library);
        progress.accept(++read);
      }
    } catch (IOException e) {
      broken = Optional.of(sentence(e));
    }
    return new Outcome(library.finish(broken.isEmpty()), omitted, broken);
  }

  private void write(CatalogEntry entry, Library library) throws LibraryException {
    if (selection.holds(entry)) {
      library.write(entry);
    } else {
      omitted++;
    }
  }

  private static String sentence(IOException e) {
    return switch (e) {
      case PlaylistException known -> String.valueOf(known.getMessage());
      case EOFException _ -> "The packed playlist is cut off; load it again.";
      case ZipException _ -> "The packed playlist is damaged; load it again.";
      default -> "The playlist could not be read to its end.";
    };
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
