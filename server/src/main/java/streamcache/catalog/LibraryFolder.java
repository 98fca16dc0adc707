package streamcache.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import streamcache.link.BadLink;

/**
 * A library on disk. A file is written only if it does not exist or would play something else, so
 * that its time of modification stays and media servers do not scan it again; a file that the index
 * does not list is never replaced. One thread.
 */
public final class LibraryFolder implements Library {

  private final Path folder;
  private final LibraryRules rules;
  private final LinkMaker links;
  private final Consumer<String> complain;
  private final Naming naming;
  private final LibraryIndex index;
  private final LiveList live;

  private long written;
  private long unchanged;
  private long channels;
  private long failed;

  private LibraryFolder(
      Path folder,
      LibraryRules rules,
      LinkMaker links,
      Consumer<String> complain,
      LibraryIndex index) {
    this.folder = folder;
    this.rules = rules;
    this.links = links;
    this.complain = complain;
    this.naming = new Naming(rules.server());
    this.index = index;
    this.live = new LiveList(folder, links);
  }

  /**
   * Opens a library, or begins one in a folder that may contain other files.
   *
   * @param complain receives a sentence for each entry that cannot be written
   * @throws LibraryException if nothing can be written there, with a sentence that says why
   */
  public static LibraryFolder open(
      Path folder, LibraryRules rules, LinkMaker links, Consumer<String> complain)
      throws LibraryException {
    try {
      if (rules.isDryRun()) {
        LibraryIndex index = LibraryIndex.view(folder, rules.source());
        return new LibraryFolder(folder, rules, links, complain, index);
      }
      Files.createDirectories(folder);
      Path real = folder.toRealPath();
      LibraryIndex index = LibraryIndex.open(real, rules.source());
      return new LibraryFolder(real, rules, links, complain, index);
    } catch (IOException e) {
      throw new LibraryException(
          "The folder " + folder + " cannot be used: " + LibraryFile.reason(e) + ".");
    }
  }

  @Override
  public void write(CatalogEntry entry) throws LibraryException {
    try {
      switch (entry) {
        case FilmEntry film -> film(film);
        case EpisodeEntry episode -> episode(episode);
        case ChannelEntry channel -> channel(channel);
      }
    } catch (BadLink e) {
      fail(entry.name(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      if (LibraryFile.isOfDisk(e)) {
        throw stopped(e);
      }
      fail(entry.name(), "It cannot be written: " + LibraryFile.reason(e) + ".");
    }
  }

  private void film(FilmEntry film) throws IOException, BadLink {
    Optional<Place> place = link(naming.of(film), film);
    if (place.isPresent() && !film.ids().equals(WorkIds.NONE)) {
      describe(place.get().description(), Description.of(film));
    }
  }

  private void episode(EpisodeEntry episode) throws IOException, BadLink {
    Optional<Place> place = link(naming.of(episode), episode);
    if (place.isPresent() && !episode.ids().equals(WorkIds.NONE)) {
      describe(naming.series(episode).description(), Description.of(episode));
    }
  }

  private void channel(ChannelEntry channel) throws IOException, BadLink {
    if (channels == 0 && live.isForeign()) {
      fail(channel.name(), LiveList.NAME + " was made by another program and is left alone.");
      return;
    }
    if (!rules.isDryRun()) {
      live.add(channel);
    }
    channels++;
  }

  /** The place of the link; empty if it was not written. */
  private Optional<Place> link(Place wanted, CatalogEntry entry) throws IOException, BadLink {
    String line = links.line(entry.target(), wanted.stem());
    long owner = Fingerprint.of(entry.sourceId());
    Optional<Place> place = choose(wanted, owner, line);
    if (place.isEmpty()) {
      fail(entry.name(), wanted.link() + " was made by another program and is left alone.");
      return place;
    }
    String path = place.get().link();
    if (index.table().isSeen(path)) {
      unchanged++;
      return place;
    }
    Optional<String> existing = LibraryFile.read(folder.resolve(path));
    index.list(path, owner);
    index.table().see(path);
    if (existing.isPresent() && !Disposals.isLink(existing.get())) {
      fail(entry.name(), path + " no longer holds a link and is left alone.");
    } else if (existing.isPresent() && links.isCurrent(existing.get().strip(), line)) {
      unchanged++;
    } else {
      store(path, line + "\n");
      written++;
    }
    return place;
  }

  /** The place that the entry has had, else the first that is free; so names are stable. */
  private Optional<Place> choose(Place wanted, long owner, String line) throws IOException {
    String label = HexFormat.of().toHexDigits(owner);
    List<Place> places =
        List.of(wanted, wanted.labelled(label.substring(0, 8)), wanted.labelled(label));
    for (Place place : places) {
      if (index.table().owner(place.link()) == owner) {
        return Optional.of(place);
      }
    }
    for (Place place : places) {
      if (index.table().owner(place.link()) == 0 && isFree(place, line)) {
        return Optional.of(place);
      }
    }
    return Optional.empty();
  }

  /** Whether there is no file, or one that plays the same. */
  private boolean isFree(Place place, String line) throws IOException {
    Optional<String> existing = LibraryFile.read(folder.resolve(place.link()));
    return existing.isEmpty() || links.isCurrent(existing.get().strip(), line);
  }

  private void describe(String path, String content) throws IOException {
    boolean isListed = index.table().owner(path) != 0;
    if (index.table().isSeen(path) || (!rules.describes() && !isListed)) {
      return;
    }
    Optional<String> existing = LibraryFile.read(folder.resolve(path));
    if (existing.isPresent() && !Description.isOurs(existing.get())) {
      return;
    }
    index.list(path, Fingerprint.of(path));
    index.table().see(path);
    if (!existing.equals(Optional.of(content))) {
      store(path, content);
    }
  }

  private void store(String path, String content) throws IOException {
    if (!rules.isDryRun()) {
      LibraryFile.write(folder.resolve(path), content);
    }
  }

  @Override
  public LibrarySummary finish(boolean isComplete) throws LibraryException {
    try {
      publishChannels(isComplete);
      long stale = index.table().unseen();
      long removed = isComplete && mayRemove(stale) ? remove() : 0;
      return new LibrarySummary(written, unchanged, channels, failed, removed, stale - removed);
    } catch (IOException e) {
      throw stopped(e);
    }
  }

  /** After an incomplete import, the old list of channels is the better one. */
  private void publishChannels(boolean isComplete) throws IOException {
    if (channels == 0) {
      return;
    }
    index.list(LiveList.NAME, Fingerprint.of(LiveList.NAME));
    index.table().see(LiveList.NAME);
    boolean isBest = isComplete || !Files.exists(folder.resolve(LiveList.NAME));
    if (isBest && !rules.isDryRun()) {
      boolean _ = live.publish();
    }
  }

  private boolean mayRemove(long stale) {
    boolean isMost = 2 * stale > index.table().size();
    return switch (rules.removal()) {
      case NONE -> false;
      case ALL -> stale > 0;
      case AT_MOST_HALF -> {
        if (isMost) {
          failed++;
          complain.accept(
              "The source no longer lists "
                  + stale
                  + " of "
                  + index.table().size()
                  + " files, more than half; nothing was removed. If that is right, use"
                  + " --prune-all.");
        }
        yield stale > 0 && !isMost;
      }
    };
  }

  private long remove() throws IOException {
    if (rules.isDryRun()) {
      return index.table().unseen();
    }
    Disposals disposals = new Disposals(folder);
    index.strikeUnseen(disposals::remove);
    return disposals.removed();
  }

  private void fail(String name, String sentence) {
    failed++;
    complain.accept(name + ": " + sentence);
  }

  private LibraryException stopped(IOException e) {
    return new LibraryException(
        "The import into "
            + folder
            + " stopped after "
            + (written + unchanged)
            + (written + unchanged == 1 ? " entry: " : " entries: ")
            + LibraryFile.reason(e)
            + ". What was written stays; the next import goes on from there.");
  }

  @Override
  public void close() {
    try (index;
        live) {
      // Closes both, the list first.
    } catch (IOException e) {
      complain.accept("A file of the import cannot be closed: " + LibraryFile.reason(e) + ".");
    }
  }
}
