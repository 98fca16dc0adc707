package streamcache.store;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import streamcache.link.TitleKey;

/**
 * The name that people see for a media file, valid on every common file system. Created once, when
 * a generation begins. Only the key identifies a title: two titles may have the same name.
 *
 * @param stem at least one character
 * @param extension lower case, without the dot
 */
record MediaName(String stem, String extension) {

  /**
   * Most bytes of stem, dot and extension in UTF-8. File systems allow 255; the rest is for the
   * key, {@code .part} and a number.
   */
  private static final int MOST_BYTES = 200;

  private static final String UNKNOWN_EXTENSION = "bin";

  /** The extensions recognized in a name; "Mr.Robot" and "Movie 2.0" have none. */
  private static final Set<String> EXTENSIONS =
      Set.of(
          ("3gp aac ac3 asf avi divx dts eac3 flac flv iso m2ts m4a m4b m4v mka mkv mov mp3 mp4"
                  + " mpeg mpg mts oga ogg ogm ogv opus rmvb ts vob wav webm wmv")
              .split(" "));

  private static final Map<String, String> EXTENSION_OF_TYPE =
      Map.ofEntries(
          Map.entry("application/mp4", "mp4"),
          Map.entry("audio/aac", "aac"),
          Map.entry("audio/flac", "flac"),
          Map.entry("audio/mp4", "m4a"),
          Map.entry("audio/mpeg", "mp3"),
          Map.entry("audio/ogg", "ogg"),
          Map.entry("audio/wav", "wav"),
          Map.entry("audio/x-flac", "flac"),
          Map.entry("audio/x-matroska", "mka"),
          Map.entry("audio/x-wav", "wav"),
          Map.entry("video/3gpp", "3gp"),
          Map.entry("video/avi", "avi"),
          Map.entry("video/matroska", "mkv"),
          Map.entry("video/mp2t", "ts"),
          Map.entry("video/mp4", "mp4"),
          Map.entry("video/mpeg", "mpg"),
          Map.entry("video/ogg", "ogv"),
          Map.entry("video/quicktime", "mov"),
          Map.entry("video/vnd.dlna.mpeg-tts", "ts"),
          Map.entry("video/webm", "webm"),
          Map.entry("video/x-flv", "flv"),
          Map.entry("video/x-m4v", "m4v"),
          Map.entry("video/x-matroska", "mkv"),
          Map.entry("video/x-ms-wmv", "wmv"),
          Map.entry("video/x-msvideo", "avi"));

  /** Forbidden by Windows, FAT or SMB, and the slash, which a decomposed character may contain. */
  private static final Pattern ILLEGAL = Pattern.compile("[<>:\"/\\\\|?*]");

  /**
   * Control, line and format characters (the last can reverse a name on screen) and unpaired
   * surrogates, but not the joiners that Persian and emoji need.
   */
  private static final Pattern INVISIBLE =
      Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}]|(?![\u200c\u200d])\\p{Cf}");

  private static final Pattern BLANKS = Pattern.compile("[\\p{Zs}]+");
  private static final Pattern EDGES = Pattern.compile("^[. ]+|[. ]+$");
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern SEEN = Pattern.compile("[^_\\p{P}\\p{Zs}]");

  /** Device names that Windows reserves in every folder, with or without an extension. */
  private static final Pattern DEVICE =
      Pattern.compile(
          "(?i)(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])(\\s*\\..*)?");

  static MediaName of(GenerationFacts facts, TitleKey key) {
    return of(facts, key, systemEncoding());
  }

  /**
   * @param encoding how the system encodes file names; in a "C" locale Java rejects a path with any
   *     other character
   */
  static MediaName of(GenerationFacts facts, TitleKey key, Charset encoding) {
    Optional<String> sent = facts.contentDisposition().flatMap(ContentDisposition::fileName);
    List<String> candidates = List.of(sent.orElse(""), facts.name(), key.value());
    String type = facts.contentType();
    for (String candidate : candidates) {
      Optional<MediaName> name = cleaned(candidate, type, encoding.newEncoder());
      if (name.isPresent()) {
        return name.get();
      }
    }
    throw new AssertionError("a key is always a name");
  }

  /** {@code Movie (2020) [abcd2345].mkv}: unlike the name of any other title. */
  String withKey(TitleKey key) {
    return stem + " [" + key.brief() + "]." + extension;
  }

  /** {@code Movie (2020).mkv}. */
  String plain() {
    return stem + "." + extension;
  }

  /** Whether {@link #of} can return a name with this extension. */
  static boolean isExtension(String text) {
    return EXTENSIONS.contains(text) || text.equals(UNKNOWN_EXTENSION);
  }

  /** A text that gives this name again with the same content type. */
  String written() {
    return EXTENSIONS.contains(extension) ? plain() : stem;
  }

  private static Optional<MediaName> cleaned(
      String candidate, String contentType, CharsetEncoder encoder) {
    String name = Normalizer.normalize(lastPart(candidate), Normalizer.Form.NFC);
    name = INVISIBLE.matcher(name).replaceAll("");
    name = ILLEGAL.matcher(name).replaceAll(" ");
    name = encodable(name, encoder);
    name = BLANKS.matcher(name).replaceAll(" ").strip();
    int dot = name.lastIndexOf('.');
    String written = name.substring(dot + 1).toLowerCase(Locale.ROOT);
    boolean known = dot >= 0 && EXTENSIONS.contains(written);
    String extension = known ? written : extensionOf(contentType);
    String stem = trimmed(known ? name.substring(0, dot) : name);
    if (DEVICE.matcher(stem).matches()) {
      stem = "_" + stem;
    }
    stem = trimmed(cut(stem, MOST_BYTES - 1 - extension.length()));
    return SEEN.matcher(stem).find()
        ? Optional.of(new MediaName(stem, extension))
        : Optional.empty();
  }

  /** The part after the last separator of any system; separators at the end do not count. */
  private static String lastPart(String candidate) {
    String path = ContentDisposition.unescaped(candidate).replace('\\', '/');
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(path.lastIndexOf('/', end - 1) + 1, end);
  }

  private static String extensionOf(String contentType) {
    int semicolon = contentType.indexOf(';');
    String type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
    return EXTENSION_OF_TYPE.getOrDefault(type.strip().toLowerCase(Locale.ROOT), UNKNOWN_EXTENSION);
  }

  /** Removes accents that the system cannot encode; other such characters become underscores. */
  private static String encodable(String name, CharsetEncoder encoder) {
    if (encoder.canEncode(name)) {
      return name;
    }
    String bare = MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD)).replaceAll("");
    StringBuilder encodable = new StringBuilder();
    bare.codePoints()
        .mapToObj(Character::toString)
        .forEach(c -> encodable.append(encoder.canEncode(c) ? c : "_"));
    return ILLEGAL.matcher(encodable).replaceAll(" "); // Some decompose into these.
  }

  private static String trimmed(String text) {
    return EDGES.matcher(text).replaceAll("");
  }

  /** The longest prefix of whole code points that takes at most {@code bytes} bytes in UTF-8. */
  private static String cut(String text, int bytes) {
    int length = 0;
    int at = 0;
    while (at < text.length()) {
      int next = text.offsetByCodePoints(at, 1);
      length += text.substring(at, next).getBytes(StandardCharsets.UTF_8).length;
      if (length > bytes) {
        return text.substring(0, at);
      }
      at = next;
    }
    return text;
  }

  private static Charset systemEncoding() {
    return Charset.forName(System.getProperty("sun.jnu.encoding", StandardCharsets.UTF_8.name()));
  }
}
