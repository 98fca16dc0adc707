package streamcache.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import streamcache.catalog.CatalogSource;
import streamcache.link.BadLink;
import streamcache.link.KeyRing;
import streamcache.link.Link;
import streamcache.link.LinkForm;
import streamcache.link.Links;
import streamcache.origin.OriginException;
import streamcache.xtream.Rest;

/**
 * A playlist at a provider, fetched with one request under the rules for that provider and within
 * the limit of its account: while a player uses the account, it waits.
 *
 * @param gate the way to the provider; closed once the playlist was fetched
 * @param news receives a sentence when it waits
 */
record FetchedPlaylist(CommandGate gate, Link link, Consumer<String> news)
    implements CatalogSource {

  /** A longer playlist does not fit into memory beside the import. */
  private static final int MOST_BYTES = 64 << 20;

  private static final Duration WHILE_IN_USE = Duration.ofSeconds(1);

  static FetchedPlaylist of(CommandGate gate, String url, Consumer<String> news) throws BadLink {
    Links plain = new Links(KeyRing.empty());
    String path = plain.make(LinkForm.PLAIN, url, Optional.empty());
    return new FetchedPlaylist(gate, plain.open(path).link(), news);
  }

  @Override
  public String shownName() {
    return link.url().shownHost();
  }

  @Override
  public InputStream open() throws IOException {
    try (gate) {
      Body body = new Body();
      boolean isWaiting = false;
      while (!gate.copy(link, link, body)) {
        if (!isWaiting) {
          news.accept("Waiting: a player uses the account.");
        }
        isWaiting = true;
        body.reset();
        Rest.real().take(WHILE_IN_USE);
      }
      return new ByteArrayInputStream(body.toByteArray());
    } catch (OriginException e) {
      throw new IOException(
          "The playlist of %s cannot be fetched: %s"
              .formatted(shownName(), PlaylistFailure.words(e.failure())));
    } catch (UncheckedIOException tooLong) {
      throw tooLong.getCause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("The import was interrupted.");
    }
  }

  private static final class Body extends ByteArrayOutputStream {

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
      if (size() + length > MOST_BYTES) {
        throw new UncheckedIOException(
            new IOException(
                "The playlist is longer than 64 MiB; load it into a file and import that."));
      }
      super.write(bytes, from, length);
    }
  }

  /** Omits the URL, which holds secrets. */
  @Override
  public String toString() {
    return "FetchedPlaylist of " + shownName();
  }
}
