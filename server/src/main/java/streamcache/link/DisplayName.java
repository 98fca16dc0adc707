package streamcache.link;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Chooses and cleans the displayed name of a link: the cosmetic name at its end, else the last path
 * element of the URL, each only if it holds no secret, else the host with its secrets hidden. Pure.
 */
final class DisplayName {

  /** No common file system takes a longer name, and it fits a log line; in UTF-16 units. */
  private static final int LONGEST = 255;

  private static final Pattern EXTENSION = Pattern.compile("\\.[A-Za-z0-9]{1,5}");

  private DisplayName() {}

  /**
   * @param cosmetic last path element of the link, percent-encoded as received; may be empty
   */
  static String of(String cosmetic, Original original) {
    boolean isExtension = cosmetic.startsWith(".") && cosmetic.indexOf('.', 1) < 0;
    return isExtension
        ? withExtension(clean(cosmetic), named("", original), original.secrets())
        : named(cosmetic, original);
  }

  /**
   * The name for a new link.
   *
   * @param title readable text to use in place of the name in the URL; may be empty
   */
  static String titled(String title, Original original) {
    String name = named("", original);
    int dot = name.lastIndexOf('.');
    boolean hasExtension = dot > 0 && EXTENSION.matcher(name.substring(dot)).matches();
    String titled = title.isBlank() || !hasExtension ? "" : title.strip() + name.substring(dot);
    boolean isShown = !titled.isEmpty() && original.secrets().mayShow(titled);
    return isShown ? cleaned(titled) : name;
  }

  /** A link may end in an extension alone, for a player that wants one. */
  private static String withExtension(String extension, String name, Secrets secrets) {
    boolean hasIt =
        name.regionMatches(
            /* ignoreCase= */ true,
            name.length() - extension.length(),
            extension,
            0,
            extension.length());
    return hasIt || !secrets.mayShow(name + extension) ? name : shorten(name + extension);
  }

  private static String named(String cosmetic, Original original) {
    Secrets secrets = original.secrets();
    String path = original.url().path();
    String last = Xtream.endsInCredentials(path) ? "" : path.substring(path.lastIndexOf('/') + 1);
    return Stream.of(cosmetic, last)
        .map(DisplayName::clean)
        .filter(name -> !isOfDots(name) && secrets.mayShow(name))
        .findFirst()
        .orElseGet(() -> secrets.shownHost(original.url().host()));
  }

  private static String clean(String encoded) {
    return cleaned(Percent.decode(encoded));
  }

  private static String cleaned(String text) {
    StringBuilder name = new StringBuilder();
    text.codePoints().filter(DisplayName::isShown).forEach(name::appendCodePoint);
    return shorten(name.toString()).strip();
  }

  /** Whether the name is empty or, like {@code ..}, means a folder. */
  private static boolean isOfDots(String name) {
    return name.chars().allMatch(letter -> letter == '.');
  }

  private static boolean isShown(int letter) {
    return switch (Character.getType(letter)) {
      case Character.CONTROL,
          // Direction marks can make one extension look like another.
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
