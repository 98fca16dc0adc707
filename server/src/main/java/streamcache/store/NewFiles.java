package streamcache.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import streamcache.durable.AtomicFile;
import streamcache.durable.ReopeningFile;
import streamcache.link.TitleKey;
import streamcache.range.RangeSet;

/** Creates the media file and the sidecar of a new generation. The title's writer lock is held. */
final class NewFiles {
  private NewFiles() {}

  static TitleFiles make(StoreParts parts, Generation generation) throws IOException {
    if (generation.isSuperseded()) {
      throw new StoreException(
          StoreException.Cause.BROKEN, "A newer version of the title has replaced this one.", null);
    }
    Path shard = parts.shards().of(generation.title().key());
    MediaPlace place = place(parts, generation, shard);
    Media media = place.make();
    try {
      ReopeningFile sidecar = makeSidecar(parts, block(generation, place.name()));
      SidecarJournal journal =
          new SidecarJournal(
              generation.title().writerLock(),
              block(generation, place.name()).generationTag(),
              parts.bootTag(),
              /* sequence= */ 0,
              sidecar,
              SidecarBlock.BYTES);
      TitleFiles files = new TitleFiles(place.name(), media, journal);
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

  /**
   * Moves the files of a superseded generation out of the way of the new one. Media that keeps its
   * name is recorded in the trash, so that the next start recognizes it as ours.
   */
  static void shelve(StoreParts parts, Generation old, TitleFiles files) {
    TitleKey key = old.title().key();
    try {
      if (!files.media().shelve(parts.layout().trashed(key, old.id(), Layout.MEDIA))) {
        note(parts, old, files);
      }
    } catch (IOException e) {
      // It keeps its name; the new one gets another.
      StoreException _ = parts.health().failed(e);
    }
  }

  private static void note(StoreParts parts, Generation old, TitleFiles files) throws IOException {
    Path place = parts.layout().trashed(old.title().key(), old.id(), Layout.SIDECAR);
    ReopeningFile.draft(parts.disk(), place, block(old, files.name()).encode()).close();
  }

  static MediaPlace place(StoreParts parts, Generation generation, Path shard) {
    TitleKey key = generation.title().key();
    MediaName name = MediaName.of(generation.facts(), key);
    MediaPlace place = new MediaPlace(parts, shard, name.withKey(key));
    if (!place.isTaken()) {
      return place;
    }
    // Left by an earlier generation, or not ours: never touch it.
    String mark = " " + generation.id().substring(0, 4);
    return new MediaPlace(
        parts, shard, new MediaName(name.stem() + mark, name.extension()).withKey(key));
  }

  private static ReopeningFile makeSidecar(StoreParts parts, SidecarBlock block)
      throws IOException {
    Path place = parts.layout().sidecar(new TitleKey(block.key()));
    boolean inPlaceOfAnother = Files.exists(place, NOFOLLOW_LINKS);
    if (inPlaceOfAnother && !SidecarBlock.isOurs(place, new TitleKey(block.key()))) {
      throw new StoreException(
          StoreException.Cause.BROKEN,
          "Another program's file has the name of a sidecar; the title bypasses the cache.",
          null);
    }
    ReopeningFile sidecar =
        ReopeningFile.draft(parts.disk(), AtomicFile.draftOf(place), block.encode());
    sidecar.move(place);
    if (inPlaceOfAnother) {
      // The old one, back after a power cut, could describe the media file of the new one.
      sidecar.syncName();
    }
    return sidecar;
  }
}
