package streamcache.admin;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import streamcache.link.TitleKey;

/**
 * A place in the list of titles, after which the next page begins; stays one when titles come and
 * go.
 *
 * @param value what the list is sorted by, if that is a number, else 0
 * @param text what it is sorted by, if that is a text, in any case; else empty
 */
record TitleCursor(long value, String text, TitleKey key) implements Comparable<TitleCursor> {

  /** Names have at most 448 bytes in the store. */
  private static final Pattern WRITTEN =
      Pattern.compile("(-?[0-9]{1,18})\\.(?:([A-Za-z0-9_-]{1,700})\\.)?([a-z2-7]{26})");

  static Optional<TitleCursor> read(String written) {
    Matcher parts = WRITTEN.matcher(written);
    if (!parts.matches()) {
      return Optional.empty();
    }
    long value = Long.parseLong(parts.group(1));
    return text(Optional.ofNullable(parts.group(2)))
        .map(text -> new TitleCursor(value, text, new TitleKey(parts.group(3))));
  }

  private static Optional<String> text(Optional<String> letters) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(letters.orElse(""));
      return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** Letters, digits and marks that a URL may contain as they are. */
  String write() {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String letters = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return value + "." + (letters.isEmpty() ? "" : letters + ".") + key.value();
  }

  @Override
  public int compareTo(TitleCursor other) {
    return Comparator.comparingLong(TitleCursor::value)
        .thenComparing(TitleCursor::text, String.CASE_INSENSITIVE_ORDER)
        .thenComparing(place -> place.key().value())
        .compare(this, other);
  }
}
