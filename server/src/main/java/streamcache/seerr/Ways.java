package streamcache.seerr;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import streamcache.link.Link;
import streamcache.link.Links;
import streamcache.settings.SeerrSettings;

/**
 * All ways to tell which work a title is that are set up. Asked by the thread of the rounds; {@link
 * #close} from any.
 */
final class Ways implements AutoCloseable {

  private final StrmIndex library;
  private final Optional<XtreamWay> panels;
  private final List<Way> inOrder;

  Ways(SeerrSettings settings, Links links, Panel panel, InstantSource clock) {
    this.library =
        new StrmIndex(settings.strmFolders(), new StrmReader(links), StrmWalk.Bounds.USUAL, clock);
    this.panels = settings.asksProvider() ? Optional.of(new XtreamWay(panel)) : Optional.empty();
    List<Way> ways = new ArrayList<>();
    if (!settings.strmFolders().isEmpty()) {
      ways.add(new StrmWay(library));
    }
    panels.ifPresent(ways::add);
    this.inOrder = List.copyOf(ways);
  }

  /** A title has failed. Any thread, never blocks. */
  void noted(Link link) {
    panels.ifPresent(way -> way.noted(link));
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
