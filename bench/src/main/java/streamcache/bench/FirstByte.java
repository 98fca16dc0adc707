package streamcache.bench;

import java.io.IOException;

/** How long a player waits for the first byte of a title nobody has seen, beside the provider. */
final class FirstByte {

  private static final int WARM = 30;
  private static final int TITLES = 60;

  private FirstByte() {}

  static void run(Server provider, Server product) throws IOException {
    Series direct = new Series();
    Series through = new Series();
    for (int i = -WARM; i < TITLES; i++) {
      double one = Sink.firstByteMillis(provider.address(), "/" + Film.SMALL_NAME);
      double other = Sink.firstByteMillis(product.address(), Links.small("?cold=" + i));
      if (i >= 0) {
        direct.add(one);
        through.add(other);
      }
      Sink.whole(product.address(), Links.small("?cold=" + i), 1);
    }
    Table.head("first byte", "p50 ms", "p90 ms");
    Table.row("provider, straight", direct.median(), direct.share(0.9));
    Table.row("cold title", through.median(), through.share(0.9));
  }
}
