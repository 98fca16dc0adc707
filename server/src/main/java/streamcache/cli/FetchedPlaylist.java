package streamcache.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import streamcache.catalog.CatalogSource;
import streamcache.link.BadLink;
import streamcache.link.KeyRing;
import streamcache.link.Link;
import streamcache.link.LinkForm;
import streamcache.link.Links;
import streamcache.origin.Call;
import streamcache.origin.EgressPolicy;
import streamcache.origin.HttpOrigin;
import streamcache.origin.OriginException;
import streamcache.origin.ProviderProfiles;
import streamcache.settings.Settings;
import streamcache.trouble.Cause;

/** A playlist at a provider, fetched with one request under the rules for that provider. */
record FetchedPlaylist(Settings settings, Link link) implements CatalogSource {

  /** A longer playlist does not fit into memory beside the import. */
  private static final int MOST_BYTES = 64 << 20;

  private static final Duration WITHIN = Duration.ofMinutes(15);

  static FetchedPlaylist of(Settings settings, String url) throws BadLink {
    Links plain = new Links(KeyRing.empty());
    String path = plain.make(LinkForm.PLAIN, url, Optional.empty());
    return new FetchedPlaylist(settings, plain.open(path).link());
  }

  @Override
  public String shownName() {
    return link.url().shownHost();
  }

  @Override
  public InputStream open() throws IOException {
    EgressPolicy policy = new EgressPolicy(settings.fill().egress(), settings.listen()::port);
    ProviderProfiles profiles = ProviderProfiles.inMemory(InstantSource.system());
    try (HttpOrigin origin = new HttpOrigin(settings.fill(), policy, Server.AGENT, profiles)) {
      return new ByteArrayInputStream(origin.pages().read(link, MOST_BYTES, WITHIN, new Call()));
    } catch (OriginException e) {
      Cause cause = Cause.of(e.failure());
      throw new IOException(
          "The playlist of "
              + shownName()
              + " cannot be fetched: "
              + cause.headline()
              + ". "
              + cause.meaning());
    }
  }

  /** Omits the settings and the URL, which hold secrets. */
  @Override
  public String toString() {
    return "FetchedPlaylist of " + shownName();
  }
}
