package streamcache.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/**
 * The bytes of one generation in one sparse file. Read through a channel that nobody writes with,
 * so that an interrupted writer cannot close it under a player; the writing side opens at the first
 * write, which a film that is complete never sees.
 */
final class MediaFile implements Media {
  private final Disk disk;
  private final FileSystemAbilities abilities;
  private final FileChannel reading;
  private final SteadyFile writing;

  /** The same for all readers: the file stays open as long as the generation. */
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
          // Others read on.
        }
      };

  private MediaFile(Disk disk, FileSystemAbilities abilities, Path path, FileChannel reading) {
    this.disk = disk;
    this.abilities = abilities;
    this.writing = new SteadyFile(disk, path);
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

  /** Its name lies beside the sidecar's. */
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
  public void seal() throws IOException {
    String name = path().getFileName().toString();
    writing.move(path().resolveSibling(name.substring(0, name.length() - Layout.PART.length())));
    writing.syncName();
  }

  @Override
  public void unseal() throws IOException {
    writing.move(path().resolveSibling(path().getFileName() + Layout.PART));
    writing.syncName();
  }

  @Override
  public boolean isKept() {
    try {
      return Files.getAttribute(path(), "unix:nlink") instanceof Integer links && links > 1;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException _) {
      return false;
    }
  }

  @Override
  public void shelve(Path place) throws IOException {
    writing.move(place);
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
