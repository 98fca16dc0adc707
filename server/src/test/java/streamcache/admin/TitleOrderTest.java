package streamcache.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import streamcache.link.TitleKey;
import streamcache.store.TitleLabel;
import streamcache.store.TitleUse;

final class TitleOrderTest {

  private static final int TITLES = 2000;

  /** Names differ in case alone, have letters of several bytes, or are not known yet. */
  private static final List<String> NAMES =
      List.of(
          "",
          "a film.mkv",
          "A Film.mkv",
          "\u00c9lite.mkv",
          "\u6f22\u5b57.mkv",
          "\ud83d\ude00",
          "z");

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
        /* pinned= */ false,
        new TitleLabel(NAMES.get(random.nextInt(NAMES.size())), ""));
  }

  @ParameterizedTest
  @CsvSource({
    "SIZE, true",
    "SIZE, false",
    "LAST_PLAY, true",
    "PRESENT, false",
    "NAME, true",
    "NAME, false"
  })
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

  @Test
  void select_byName_isInTheOrderOfLettersWithoutRegardToCase() {
    Random random = new Random(1);
    List<TitleUse> titles =
        Stream.of("b", "C", "a", "", "D")
            .map(name -> title(random).labeled(new TitleLabel(name, "")))
            .toList();

    assertThat(TitleOrder.NAME.select(titles.stream(), false, Optional.empty(), 10))
        .extracting(use -> use.label().name())
        .containsExactly("", "a", "b", "C", "D");
  }

  /** What was there all the time is on one page. */
  @ParameterizedTest
  @EnumSource(TitleOrder.class)
  void select_titlesComeAndGo_theOthersAreListedOnce(TitleOrder order) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<TitleUse> staying = Stream.generate(() -> title(random)).limit(TITLES).toList();
    List<TitleUse> passing = new ArrayList<>();
    List<TitleUse> paged = new ArrayList<>();
    Optional<TitleCursor> after = Optional.empty();
    List<TitleUse> page;
    do {
      Stream.generate(() -> title(random)).limit(10).forEach(passing::add);
      page = order.select(concat(staying, passing), /* isDescending= */ false, after, 100);
      paged.addAll(page);
      after = page.isEmpty() ? after : TitleCursor.read(order.place(page.getLast()).write());
      passing.removeIf(title -> random.nextBoolean());
    } while (!page.isEmpty());

    assertThat(paged).as("seed %d", seed).doesNotHaveDuplicates().containsAll(staying);
  }

  private static Stream<TitleUse> concat(List<TitleUse> staying, List<TitleUse> passing) {
    return Stream.concat(staying.stream(), passing.stream());
  }

  @Test
  void read_anythingElse_isNoPlace() {
    String key = "a".repeat(26);
    assertThat(TitleCursor.read("7." + key)).hasValue(new TitleCursor(7, "", new TitleKey(key)));
    for (String other :
        List.of("", "7", "7.", "x." + key, "7.A." + key, "7.=." + key, "7.." + key)) {
      assertThat(TitleCursor.read(other)).as(other).isEmpty();
    }
  }
}
