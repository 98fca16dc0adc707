package streamcache.seerr;

import java.time.InstantSource;
import java.util.List;
import streamcache.link.Links;
import streamcache.settings.SeerrSettings;

/**
 * All ways to tell which work a title is that are set up. Asked by the thread of the rounds; {@link
 * #close} from any.
 */
final class Ways implements AutoCloseable {

  private final StrmIndex library;
  private final List<Way> inOrder;

  Ways(SeerrSettings settings, Links links, InstantSource clock) {
    this.library =
        new StrmIndex(settings.strmFolders(), new StrmReader(links), StrmWalk.Bounds.USUAL, clock);
    this.inOrder = settings.strmFolders().isEmpty() ? List.of() : List.of(new StrmWay(library));
  }

  /** The first to be asked first. */
  List<Way> inOrder() {
    return inOrder;
  }

  /** Whoever is being asked gives up soon. */
  @Override
  public void close() {
    library.close();
  }
}
