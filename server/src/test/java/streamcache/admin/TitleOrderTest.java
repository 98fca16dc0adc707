package streamcache.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamcache.link.TitleKey;
import streamcache.store.TitleUse;

final class TitleOrderTest {

  private static final int TITLES = 2000;

  private static TitleUse title(Random random) {
    StringBuilder key = new StringBuilder();
    for (int letter = 0; letter < 26; letter++) {
      key.append((char) ('a' + random.nextInt(26)));
    }
    // Few values, so that many titles share one.
    return new TitleUse(
        new TitleKey(key.toString()),
        random.nextInt(20),
        random.nextInt(-1, 20),
        random.nextInt(20),
        0,
        0,
        /* complete= */ false,
        /* pinned= */ false);
  }

  @ParameterizedTest
  @CsvSource({"SIZE, true", "SIZE, false", "LAST_PLAY, true", "PRESENT, false"})
  void select_pageAfterPage_isTheWholeListInOrder(TitleOrder order, boolean isDescending) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<TitleUse> titles = new ArrayList<>();
    for (int title = 0; title < TITLES; title++) {
      titles.add(title(random));
    }
    List<TitleUse> paged = new ArrayList<>();
    Optional<TitleCursor> after = Optional.empty();
    List<TitleUse> page;
    do {
      page = order.select(titles.stream(), isDescending, after, 1 + random.nextInt(300));
      paged.addAll(page);
      after = page.isEmpty() ? after : TitleCursor.read(order.place(page.getLast()).write());
    } while (!page.isEmpty());

    Comparator<TitleUse> ascending = Comparator.comparing(order::place);
    assertThat(paged)
        .as("seed %d", seed)
        .isEqualTo(
            titles.stream().sorted(isDescending ? ascending.reversed() : ascending).toList());
  }
}
