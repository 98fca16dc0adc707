package streamcache.store;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.SPARSE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import streamcache.link.TitleKey;
import streamcache.range.RangeSet;

/** Makes the media file and the sidecar of a new generation. The title's pen is held. */
final class NewFiles {
  private NewFiles() {}

  static Generation.Files make(StoreParts parts, Generation generation) throws IOException {
    if (generation.isSuperseded()) {
      throw new StoreException(
          StoreException.Cause.BROKEN, "A newer version of the title took its place.", null);
    }
    Path shard = parts.layout().shard(generation.title().key());
    Files.createDirectories(shard);
    Path path = makeMedia(parts, generation, shard);
    try {
      String name = path.getFileName().toString();
      String plain = name.substring(0, name.length() - Layout.PART.length());
      SteadyFile sidecar = makeSidecar(parts, block(generation, plain));
      Journal journal =
          new Journal(
              generation.title().pen(),
              block(generation, plain).generationTag(),
              parts.bootTag(),
              /* sequence= */ 0,
              sidecar,
              SidecarBlock.BYTES);
      Generation.Files files =
          new Generation.Files(plain, MediaFile.open(parts.disk(), path), journal);
      generation.open(files, RangeSet.EMPTY, RangeSet.EMPTY);
      return files;
    } catch (IOException e) {
      parts.disk().delete(path);
      throw e;
    }
  }

  static SidecarBlock block(Generation generation, String media) {
    return new SidecarBlock(
        generation.title().key().value(),
        generation.id(),
        generation.begun(),
        media,
        generation.facts());
  }

  /** Takes the files of a generation that has been superseded out of the new one's way. */
  static void shelve(StoreParts parts, Generation old, Generation.Files files) {
    try {
      files.media().rename(parts.layout().trash().resolve(old.id()));
    } catch (IOException e) {
      // It keeps its name; the new one gets another.
      StoreException _ = parts.health().failed(e);
    }
  }

  private static Path makeMedia(StoreParts parts, Generation generation, Path shard)
      throws IOException {
    TitleKey key = generation.title().key();
    MediaName name = MediaName.of(generation.facts(), key);
    try {
      return create(parts, shard.resolve(name.withKey(key) + Layout.PART));
    } catch (FileAlreadyExistsException _) {
      // Left behind by a generation before this one: never touch what may not be ours.
      String mark = " " + generation.id().substring(0, 4);
      MediaName other = new MediaName(name.stem() + mark, name.extension());
      return create(parts, shard.resolve(other.withKey(key) + Layout.PART));
    }
  }

  private static Path create(StoreParts parts, Path path) throws IOException {
    parts.disk().open(path, CREATE_NEW, WRITE, SPARSE).close();
    return path;
  }

  private static SteadyFile makeSidecar(StoreParts parts, SidecarBlock block) throws IOException {
    Path place = parts.layout().sidecar(new TitleKey(block.key()));
    Path draft = place.resolveSibling(place.getFileName() + ".tmp");
    try (FileChannel channel = parts.disk().open(draft, CREATE, WRITE, TRUNCATE_EXISTING)) {
      parts.disk().write(channel, block.encode(), 0);
    }
    boolean inPlaceOfAnother = Files.exists(place);
    parts.disk().move(draft, place);
    if (inPlaceOfAnother) {
      // The old one, back after a power cut, could speak of the new one's media file.
      parts.disk().syncFolder(place.resolveSibling("."));
    }
    return new SteadyFile(parts.disk(), place);
  }
}
