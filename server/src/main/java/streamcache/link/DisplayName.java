package streamcache.link;

/** Chooses and cleans the name people see for a link, and keeps secrets out of it. Pure. */
final class DisplayName {

  /** Longer than any file system takes, short enough for a log line; in UTF-16 units. */
  private static final int LONGEST = 255;

  private DisplayName() {}

  /**
   * @param cosmetic last path element of the link, percent-encoded as received; may be empty
   */
  static String of(String cosmetic, HttpUrl url) {
    String chosen = clean(cosmetic);
    if (!chosen.isEmpty()) {
      return chosen;
    }
    String path = url.path();
    String last =
        Xtream.endsInCredentials(path) ? "" : clean(path.substring(path.lastIndexOf('/') + 1));
    return last.isEmpty() ? url.host() : last;
  }

  private static String clean(String encoded) {
    StringBuilder name = new StringBuilder();
    Percent.decode(encoded)
        .codePoints()
        .filter(DisplayName::isShown)
        .forEach(name::appendCodePoint);
    // A URL within a path element would carry its own secrets into the name.
    return name.indexOf("://") >= 0 ? "" : shorten(name.toString()).strip();
  }

  private static boolean isShown(int letter) {
    return switch (Character.getType(letter)) {
      case Character.CONTROL,
          // Marks of writing direction can make one extension look like another.
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }

  private static String shorten(String name) {
    if (name.length() <= LONGEST) {
      return name;
    }
    boolean splitsPair = Character.isHighSurrogate(name.charAt(LONGEST - 1));
    return name.substring(0, splitsPair ? LONGEST - 1 : LONGEST);
  }
}
