package streamcache.bench.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import streamcache.testkit.Content;

/**
 * A film served by the real product.
 *
 * @param product the address on which it listens
 * @param target the link
 * @param content the expected content
 */
record RealFilm(InetSocketAddress product, String target, Content content)
    implements SimulatedFilm {

  @Override
  public long end() {
    return content.length();
  }

  @Override
  public Reading open(SimulatedClient client, long position, double now) {
    try {
      return RealReading.open(this, position);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
