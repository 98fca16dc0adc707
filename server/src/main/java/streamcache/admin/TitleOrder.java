package streamcache.admin;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import streamcache.store.TitleUse;

/** What titles are sorted by. Titles of the same value are sorted by their key. */
enum TitleOrder {
  /** In any case; a name that is not known yet comes before all. */
  NAME("name") {
    @Override
    long value(TitleUse use) {
      return 0;
    }

    @Override
    String text(TitleUse use) {
      return use.label().name();
    }

    @Override
    boolean isDescendingUsually() {
      return false;
    }
  },
  /** Total length in bytes; an unknown one comes before all. */
  SIZE("size") {
    @Override
    long value(TitleUse use) {
      return use.total();
    }
  },
  /** Second of the last play. */
  LAST_PLAY("last-play") {
    @Override
    long value(TitleUse use) {
      return use.lastAccess();
    }
  },
  /** Bytes on the disk. */
  PRESENT("present") {
    @Override
    long value(TitleUse use) {
      return use.usedBytes();
    }
  };

  private final String word;

  TitleOrder(String word) {
    this.word = word;
  }

  /** The number that counts. */
  abstract long value(TitleUse use);

  /** The text that counts where numbers are the same. */
  String text(TitleUse use) {
    return "";
  }

  /** Whether the most comes first unless a request says otherwise. */
  boolean isDescendingUsually() {
    return true;
  }

  static Optional<TitleOrder> of(String word) {
    return Arrays.stream(values()).filter(order -> order.word.equals(word)).findFirst();
  }

  /**
   * The first titles after a place in the order, with memory for those alone.
   *
   * @param after the place; empty for the beginning
   * @param most how many to return
   */
  List<TitleUse> select(
      Stream<TitleUse> titles, boolean isDescending, Optional<TitleCursor> after, int most) {
    Comparator<TitleCursor> order =
        isDescending
            ? Comparator.<TitleCursor>naturalOrder().reversed()
            : Comparator.naturalOrder();
    PriorityQueue<Placed> first =
        new PriorityQueue<>(Comparator.comparing(Placed::place, order).reversed());
    titles.forEach(use -> {
      Placed placed = new Placed(place(use), use);
      if (after.filter(place -> order.compare(placed.place(), place) <= 0).isEmpty()) {
        first.add(placed);
        if (first.size() > most) {
          first.remove();
        }
      }
    });
    return first.stream()
        .sorted(Comparator.comparing(Placed::place, order))
        .map(Placed::use)
        .toList();
  }

  TitleCursor place(TitleUse use) {
    return new TitleCursor(value(use), text(use), use.key());
  }

  private record Placed(TitleCursor place, TitleUse use) {}
}
