package streamcache.admin;

import java.util.Arrays;
import java.util.Optional;
import streamcache.store.Inventory;
import streamcache.store.TitleUse;

/** Which titles the list shows. */
enum TitleFilter {
  ALL("all") {
    @Override
    boolean selects(TitleUse use, Inventory store) {
      return true;
    }
  },
  COMPLETE("complete") {
    @Override
    boolean selects(TitleUse use, Inventory store) {
      return use.complete();
    }
  },
  PARTIAL("partial") {
    @Override
    boolean selects(TitleUse use, Inventory store) {
      return !use.complete();
    }
  },
  IN_USE("in-use") {
    @Override
    boolean selects(TitleUse use, Inventory store) {
      return store.isInUse(use.key());
    }
  },
  /** Pinned by the operator, or kept by a second name of the file. */
  STAYING("staying") {
    @Override
    boolean selects(TitleUse use, Inventory store) {
      return use.pinned() || store.isPinned(use.key());
    }
  };

  private final String word;

  TitleFilter(String word) {
    this.word = word;
  }

  /** Whether the title is shown. Does not block. */
  abstract boolean selects(TitleUse use, Inventory store);

  static Optional<TitleFilter> of(String word) {
    return Arrays.stream(values()).filter(filter -> filter.word.equals(word)).findFirst();
  }
}
