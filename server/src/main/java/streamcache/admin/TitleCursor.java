package streamcache.admin;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import streamcache.link.TitleKey;

/**
 * A place in the list of titles, after which the next page begins; stays one when titles come and
 * go.
 *
 * @param value what the list is sorted by
 */
record TitleCursor(long value, TitleKey key) implements Comparable<TitleCursor> {

  private static final Pattern WRITTEN = Pattern.compile("(-?[0-9]{1,18})\\.([a-z2-7]{26})");

  static Optional<TitleCursor> read(String written) {
    Matcher parts = WRITTEN.matcher(written);
    return parts.matches()
        ? Optional.of(new TitleCursor(Long.parseLong(parts.group(1)), new TitleKey(parts.group(2))))
        : Optional.empty();
  }

  String write() {
    return value + "." + key.value();
  }

  @Override
  public int compareTo(TitleCursor other) {
    return Comparator.comparingLong(TitleCursor::value)
        .thenComparing(place -> place.key().value())
        .compare(this, other);
  }
}
