package streamcache.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import streamcache.durable.Disk;
import streamcache.durable.FileSystemAbilities;
import streamcache.durable.NativeFiles;
import streamcache.durable.ReopeningFile;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/**
 * The bytes of one generation in one sparse file. Reads use a channel of their own, so that an
 * interrupted writer cannot close it under a player. The channel for writing opens at the first
 * write, so never for a complete film.
 */
final class MediaFile implements Media {
  private final Disk disk;
  private final FileSystemAbilities abilities;
  private final FileChannel reading;
  private final ReopeningFile writing;

  /** Shared by all readers: the file stays open as long as the generation. */
  private final View view =
      new View() {
        @Override
        public Optional<Extent> extent(long from, long to) {
          return Optional.of(new Extent(reading, from, to));
        }

        @Override
        public long reach(long from, long to) {
          return to;
        }

        @Override
        public void close() {
          // Other readers still use the file.
        }
      };

  private MediaFile(Disk disk, FileSystemAbilities abilities, Path path, FileChannel reading) {
    this.disk = disk;
    this.abilities = abilities;
    this.writing = new ReopeningFile(disk, path);
    this.reading = reading;
  }

  static MediaFile open(Disk disk, FileSystemAbilities abilities, Path path) throws IOException {
    return new MediaFile(disk, abilities, path, disk.open(path, StandardOpenOption.READ));
  }

  Path path() {
    return writing.path();
  }

  @Override
  public View view() {
    return view;
  }

  @Override
  public void write(ByteBuffer data, long position) throws IOException {
    writing.write(data, position);
  }

  @Override
  public void sync(RangeSet bytes) throws IOException {
    writing.sync();
  }

  /** Does nothing: the name is in the folder of the sidecar, which the journal syncs. */
  @Override
  public void syncNames() {}

  @Override
  public void release(RangeSet stretches) throws IOException {
    for (ByteRange blocks : stretches.ranges()) {
      boolean _ = disk.punch(path(), blocks.start(), blocks.length());
    }
  }

  @Override
  public RangeSet missing(RangeSet present, RangeSet durable) throws IOException {
    return Losses.of(path(), reading.size(), present, durable, abilities);
  }

  @Override
  public boolean isGone() {
    return Files.notExists(path());
  }

  @Override
  public Footprint footprint() {
    return new Footprint.Sparse(abilities.punch());
  }

  @Override
  public OptionalLong allocated() {
    return NativeFiles.system().allocated(path());
  }

  @Override
  public long span() throws IOException {
    return reading.size();
  }

  @Override
  public boolean isSealed() {
    return !path().toString().endsWith(Layout.PART);
  }

  @Override
  public boolean maySeal() {
    return Files.notExists(whole(), NOFOLLOW_LINKS);
  }

  @Override
  public void seal() throws IOException {
    rename(whole());
  }

  @Override
  public void unseal() throws IOException {
    rename(path().resolveSibling(path().getFileName() + Layout.PART));
  }

  /** The path without {@code .part}. */
  private Path whole() {
    String name = path().getFileName().toString();
    return path().resolveSibling(name.substring(0, name.length() - Layout.PART.length()));
  }

  /** Renames the file, but never replaces a file that somebody put there. */
  private void rename(Path to) throws IOException {
    if (Files.exists(to, NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(to.getFileName().toString());
    }
    writing.move(to);
    writing.syncName();
  }

  @Override
  public int names() {
    try {
      return Files.getAttribute(path(), "unix:nlink") instanceof Integer links ? links : 1;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException _) {
      return 1;
    }
  }

  @Override
  public boolean isAt(Path file) {
    try {
      return Files.isSameFile(file, path());
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public boolean shelve(Path place) throws IOException {
    writing.move(place);
    return true;
  }

  @Override
  public void delete() throws IOException {
    try {
      close();
    } finally {
      disk.delete(path());
    }
  }

  @Override
  public void close() throws IOException {
    try {
      writing.close();
    } finally {
      reading.close();
    }
  }
}
