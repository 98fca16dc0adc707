package streamcache.bench;

import java.io.IOException;

/**
 * Measures how long a player waits for the first byte of a title that nobody has requested before,
 * compared with the provider: soon after the start, while most code is not compiled yet, and after
 * it is.
 */
final class FirstByte {

  private static final int WARM = 30;
  private static final int COMPILED = 1500;
  private static final int TITLES = 60;

  private final MeasuredServer provider;
  private final MeasuredServer product;
  private int titles;

  FirstByte(MeasuredServer provider, MeasuredServer product) {
    this.provider = provider;
    this.product = product;
  }

  void run() throws IOException {
    Table.head("first byte", "p50 ms", "p90 ms");
    play(WARM);
    row("soon after the start");
    play(COMPILED);
    row("after %d titles".formatted(titles));
  }

  private void play(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Sink.whole(product.address(), next(), 1);
    }
  }

  private String next() {
    titles++;
    return PeerLinks.small("?cold=" + titles);
  }

  private void row(String when) throws IOException {
    Series direct = new Series();
    Series through = new Series();
    for (int i = 0; i < TITLES; i++) {
      direct.add(Sink.firstByteMillis(provider.address(), "/" + MeasuredFilm.SMALL_NAME));
      String title = next();
      through.add(Sink.firstByteMillis(product.address(), title));
      Sink.whole(product.address(), title, 1);
    }
    Table.row("provider, straight", direct.median(), direct.share(0.9));
    Table.row("cold title, " + when, through.median(), through.share(0.9));
  }
}
