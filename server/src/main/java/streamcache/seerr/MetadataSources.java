package streamcache.seerr;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import streamcache.link.Link;
import streamcache.link.Links;
import streamcache.settings.SeerrSettings;

/**
 * All configured sources. Used by the worker thread; {@link #close} may be called from any thread.
 */
final class MetadataSources implements AutoCloseable {

  private final StrmIndex library;
  private final Optional<XtreamMetadataSource> panels;
  private final List<MetadataSource> inOrder;

  MetadataSources(SeerrSettings settings, Links links, Panel panel, InstantSource clock) {
    this.library =
        new StrmIndex(settings.strmFolders(), new StrmReader(links), StrmWalk.Bounds.USUAL, clock);
    this.panels =
        settings.asksProvider() ? Optional.of(new XtreamMetadataSource(panel)) : Optional.empty();
    List<MetadataSource> sources = new ArrayList<>();
    if (!settings.strmFolders().isEmpty()) {
      sources.add(new StrmMetadataSource(library));
    }
    panels.ifPresent(sources::add);
    this.inOrder = List.copyOf(sources);
  }

  /** Records that a title has failed. Any thread, never blocks. */
  void noted(Link link) {
    panels.ifPresent(informant -> informant.noted(link));
  }

  /** In the order in which they are asked. */
  List<MetadataSource> inOrder() {
    return inOrder;
  }

  /** Makes a walk of the library that is in progress end early. */
  @Override
  public void close() {
    library.close();
  }
}
