package streamcache.store;

import java.io.IOException;
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
    Path shard = parts.shards().of(generation.title().key());
    MediaPlace place = place(parts, generation, shard);
    Media media = place.make();
    try {
      SteadyFile sidecar = makeSidecar(parts, block(generation, place.name()));
      Journal journal =
          new Journal(
              generation.title().pen(),
              block(generation, place.name()).generationTag(),
              parts.bootTag(),
              /* sequence= */ 0,
              sidecar,
              SidecarBlock.BYTES);
      Generation.Files files = new Generation.Files(place.name(), media, journal);
      generation.open(files, RangeSet.EMPTY, RangeSet.EMPTY);
      return files;
    } catch (IOException e) {
      media.delete();
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
      files.media().shelve(parts.layout().trash().resolve(old.id()));
    } catch (IOException e) {
      // It keeps its name; the new one gets another.
      StoreException _ = parts.health().failed(e);
    }
  }

  private static MediaPlace place(StoreParts parts, Generation generation, Path shard) {
    TitleKey key = generation.title().key();
    MediaName name = MediaName.of(generation.facts(), key);
    MediaPlace place = new MediaPlace(parts, shard, name.withKey(key));
    if (!place.isTaken()) {
      return place;
    }
    // Left behind by a generation before this one: never touch what may not be ours.
    String mark = " " + generation.id().substring(0, 4);
    return new MediaPlace(
        parts, shard, new MediaName(name.stem() + mark, name.extension()).withKey(key));
  }

  private static SteadyFile makeSidecar(StoreParts parts, SidecarBlock block) throws IOException {
    Path place = parts.layout().sidecar(new TitleKey(block.key()));
    boolean inPlaceOfAnother = Files.exists(place);
    SteadyFile sidecar = SteadyFile.draft(parts.disk(), Layout.draft(place), block.encode());
    sidecar.move(place);
    if (inPlaceOfAnother) {
      // The old one, back after a power cut, could speak of the new one's media file.
      sidecar.syncName();
    }
    return sidecar;
  }
}
