package streamcache.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import streamcache.admin.LibraryTrees;
import streamcache.durable.Disk;
import streamcache.library.StrmDecision.Change;
import streamcache.library.StrmDecision.Changed;
import streamcache.library.StrmDecision.Faulty;
import streamcache.library.StrmDecision.Kept;
import streamcache.library.StrmDecision.Left;
import streamcache.library.StrmResult;
import streamcache.library.StrmRun;
import streamcache.link.Links;
import streamcache.settings.ImportBlock;
import streamcache.settings.RoomSettings;

/**
 * The folders of STRM_WRAP and of the import blocks, for the operator; with the rule by which the
 * server gives links by itself.
 *
 * @param port that links name if no BASE_URL is set
 */
record LibraryFolders(RoomSettings settings, IntSupplier port, Links links, InstantSource clock)
    implements LibraryTrees {

  /** Players come first. */
  private static final int THREADS = 2;

  @Override
  public List<Path> folders() {
    return Stream.concat(
            settings.library().wrapped().stream(),
            settings.imports().blocks().stream().map(ImportBlock::folder))
        .distinct()
        .toList();
  }

  @Override
  public void look(Path folder, boolean writes, Consumer<Seen> seen, BooleanSupplier isStopping)
      throws IOException {
    if (!Files.isDirectory(folder)) {
      seen.accept(new Seen(folder, Kind.FAULTY, "There is no such folder; create it."));
      return;
    }
    try (StrmRun run =
        new StrmRun(
            LibraryUpkeep.rule(settings, port.getAsInt(), links, clock),
            Disk.system(),
            writes,
            result -> seen.accept(seen(result)),
            THREADS)) {
      run.tree(folder, isStopping);
    }
  }

  private static Seen seen(StrmResult result) {
    return switch (result.decision()) {
      case Kept _ -> new Seen(result.file(), Kind.LINKED, "");
      case Changed changed -> new Seen(result.file(), kind(changed.change()), "");
      case Left(var reason) -> new Seen(result.file(), Kind.LEFT, reason.words());
      case Faulty(String sentence) -> new Seen(result.file(), Kind.FAULTY, sentence);
    };
  }

  private static Kind kind(Change change) {
    return switch (change) {
      case WRAP -> Kind.WRAP;
      case REBASE, UNWRAP -> Kind.REBASE;
    };
  }
}
