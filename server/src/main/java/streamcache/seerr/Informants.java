package streamcache.seerr;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import streamcache.link.Link;
import streamcache.link.Links;
import streamcache.settings.SeerrSettings;

/** All informants that are set up. Asked by the thread of the rounds; {@link #close} from any. */
final class Informants implements AutoCloseable {

  private final StrmIndex library;
  private final Optional<XtreamInformant> panels;
  private final List<Informant> inOrder;

  Informants(SeerrSettings settings, Links links, Panel panel, InstantSource clock) {
    this.library =
        new StrmIndex(settings.strmFolders(), new StrmReader(links), StrmWalk.Bounds.USUAL, clock);
    this.panels =
        settings.asksProvider() ? Optional.of(new XtreamInformant(panel)) : Optional.empty();
    List<Informant> informants = new ArrayList<>();
    if (!settings.strmFolders().isEmpty()) {
      informants.add(new StrmInformant(library));
    }
    panels.ifPresent(informants::add);
    this.inOrder = List.copyOf(informants);
  }

  /** A title has failed. Any thread, never blocks. */
  void noted(Link link) {
    panels.ifPresent(informant -> informant.noted(link));
  }

  /** The first to be asked first. */
  List<Informant> inOrder() {
    return inOrder;
  }

  /** Whoever is being asked gives up soon. */
  @Override
  public void close() {
    library.close();
  }
}
