package streamcache.bench.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import streamcache.testkit.Content;

/**
 * A film behind the real product.
 *
 * @param product where it listens
 * @param target the link
 * @param content what every byte of it has to be
 */
record RealFilm(InetSocketAddress product, String target, Content content) implements Film {

  @Override
  public long end() {
    return content.length();
  }

  @Override
  public Reading open(Client client, long position, double now) {
    try {
      return RealReading.open(this, position);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
