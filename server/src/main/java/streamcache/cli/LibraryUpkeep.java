package streamcache.cli;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.durable.Disk;
import streamcache.event.Event;
import streamcache.library.LinkChoice;
import streamcache.library.StrmFilter;
import streamcache.library.StrmWatch;
import streamcache.library.WrapRule;
import streamcache.link.LinkForm;
import streamcache.link.Links;
import streamcache.settings.RoomSettings;

/** What the server does with the library while it runs. Opened and closed by {@link Server}. */
final class LibraryUpkeep implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("streamcache");

  private final @Nullable StrmWatch watch;

  private LibraryUpkeep(@Nullable StrmWatch watch) {
    this.watch = watch;
  }

  /**
   * Starts what the settings name; nothing if they name no folder.
   *
   * @param port the port that the server listens on
   */
  static LibraryUpkeep start(
      RoomSettings settings, int port, Links links, Consumer<Event> events, InstantSource clock) {
    if (settings.library().wrapped().isEmpty()) {
      return new LibraryUpkeep(null);
    }
    if (settings.link().baseUrl().isEmpty()) {
      LOG.warn(
          "STRM_WRAP is set without BASE_URL: links begin with {}; set BASE_URL if players use"
              + " another address",
          LinkBase.of(settings, port));
    }
    WrapRule rule = rule(settings, port, links, clock);
    return new LibraryUpkeep(
        StrmWatch.start(settings.library().wrapped(), rule, Disk.system(), events, clock));
  }

  /** How the server gives links to files. */
  static WrapRule rule(RoomSettings settings, int port, Links links, InstantSource clock) {
    LinkChoice choice =
        new LinkChoice(
            LinkBase.of(settings, port),
            /* form= */ links.newestKey().isPresent()
                ? Optional.empty()
                : Optional.of(LinkForm.PLAIN),
            /* lifetime= */ Optional.empty());
    return new WrapRule(links, choice, StrmFilter.ALL, /* includesLive= */ false, clock);
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
  }
}
