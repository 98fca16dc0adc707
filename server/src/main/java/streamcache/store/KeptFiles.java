package streamcache.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of complete titles that their operator has, by a second name in the folder for that. On
 * the keeper thread.
 */
record KeptFiles(StoreParts parts) {

  /** Gives the title's file a second name, unless it has one there. Acquires the writer lock. */
  KeepAnswer keep(Title title) throws IOException {
    Optional<Generation> generation = title.generation();
    Optional<TitleFiles> files = generation.flatMap(Generation::files);
    if (files.isEmpty()) {
      return KeepAnswer.of(KeepOutcome.UNKNOWN);
    }
    title.writerLock().acquireUninterruptibly();
    try {
      // Eviction takes the mark away under this lock, so no byte of a marked file goes meanwhile.
      if (!generation.get().isComplete() || !files.get().media().isSealed()) {
        return KeepAnswer.of(KeepOutcome.INCOMPLETE);
      }
      if (!parts.abilities().hardLinks() || !(files.get().media() instanceof MediaFile media)) {
        return KeepAnswer.of(KeepOutcome.NO_LINKS);
      }
      List<Path> names = names(media);
      return names.isEmpty()
          ? link(media, MediaName.of(generation.get().facts(), title.key()), title)
          : done(names.getFirst());
    } finally {
      title.writerLock().release();
    }
  }

  private KeepAnswer link(MediaFile media, MediaName name, Title title) throws IOException {
    for (String free : List.of(name.plain(), name.withKey(title.key()))) {
      Path place = parts.layout().kept().resolve(free);
      if (!Files.exists(place, NOFOLLOW_LINKS)) {
        try {
          Files.createDirectories(parts.layout().kept());
          parts.disk().link(media.path(), place);
        } catch (FileAlreadyExistsException e) {
          continue; // Somebody has just made a file of this name.
        } catch (UnsupportedOperationException e) {
          return KeepAnswer.of(KeepOutcome.NO_LINKS);
        }
        parts.disk().syncFolder(parts.layout().kept());
        return done(place);
      }
    }
    return KeepAnswer.of(KeepOutcome.NAME_TAKEN);
  }

  private KeepAnswer done(Path file) {
    String shown = parts.layout().root().relativize(file).toString();
    return new KeepAnswer(KeepOutcome.DONE, Optional.of(shown));
  }

  /** Takes the second names away that the file has in the folder, and only there. */
  KeepOutcome unkeep(Title title) throws IOException {
    Optional<TitleFiles> files = title.generation().flatMap(Generation::files);
    if (files.isEmpty()) {
      return KeepOutcome.UNKNOWN;
    }
    for (Path name : names(files.get().media())) {
      parts.disk().delete(name);
    }
    return title.isKept() ? KeepOutcome.KEPT_ELSEWHERE : KeepOutcome.DONE;
  }

  /** The names of the file in the folder, whatever its operator has renamed it to. */
  private List<Path> names(Media media) throws IOException {
    if (!Files.isDirectory(parts.layout().kept(), NOFOLLOW_LINKS)) {
      return List.of();
    }
    List<Path> names = new ArrayList<>();
    try (Stream<Path> all = Files.list(parts.layout().kept())) {
      all.filter(file -> Files.isRegularFile(file, NOFOLLOW_LINKS))
          .filter(media::isAt)
          .sorted()
          .forEach(names::add);
    }
    return names;
  }
}
