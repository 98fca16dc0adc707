package streamcache.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Optional;

/** Identifies a file that is neither text nor a film by the marks in its first bytes; pure. */
public final class ForeignSniff {

  private static final String PICTURE = "a picture";
  private static final String ARCHIVE = "an archive";
  private static final String PROGRAM = "a program";
  private static final String DOCUMENT = "a document";

  /**
   * @param at offset of the mark
   */
  private record Mark(int at, String bytes, String kind) {}

  private static final List<Mark> MARKS =
      List.of(
          new Mark(0, "\u0089PNG\r\n", PICTURE),
          new Mark(0, "\u00ff\u00d8\u00ff", PICTURE),
          new Mark(0, "GIF87a", PICTURE),
          new Mark(0, "GIF89a", PICTURE),
          new Mark(8, "WEBP", PICTURE),
          new Mark(0, "II*\0", PICTURE),
          new Mark(0, "MM\0*", PICTURE),
          new Mark(0, "8BPS", PICTURE),
          new Mark(4, "jP  ", PICTURE),
          new Mark(4, "JXL ", PICTURE),
          new Mark(4, "ftypavi", PICTURE),
          new Mark(4, "ftyphei", PICTURE),
          new Mark(4, "ftypmif1", PICTURE),
          new Mark(4, "ftypmsf1", PICTURE),
          new Mark(0, "PK\u0003\u0004", ARCHIVE),
          new Mark(0, "PK\u0005\u0006", ARCHIVE),
          new Mark(0, "PK\u0007\b", ARCHIVE),
          new Mark(0, "\u001f\u008b", ARCHIVE),
          new Mark(0, "\u001f\u009d", ARCHIVE),
          new Mark(0, "BZh", ARCHIVE),
          new Mark(0, "\u00fd7zXZ\0", ARCHIVE),
          new Mark(0, "7z\u00bc\u00af'\u001c", ARCHIVE),
          new Mark(0, "Rar!\u001a\u0007", ARCHIVE),
          new Mark(0, "(\u00b5/\u00fd", ARCHIVE),
          new Mark(0, "\u0004\"M\u0018", ARCHIVE),
          new Mark(0, "MSCF", ARCHIVE),
          new Mark(257, "ustar", ARCHIVE),
          new Mark(0, "\u007fELF", PROGRAM),
          new Mark(0, "MZ", PROGRAM),
          new Mark(0, "\u00fe\u00ed\u00fa", PROGRAM),
          new Mark(0, "\u00ce\u00fa\u00ed\u00fe", PROGRAM),
          new Mark(0, "\u00cf\u00fa\u00ed\u00fe", PROGRAM),
          new Mark(0, "\u00ca\u00fe\u00ba\u00be", PROGRAM),
          new Mark(0, "\0asm", PROGRAM),
          new Mark(0, "dex\n", PROGRAM),
          new Mark(0, "%PDF", DOCUMENT),
          new Mark(0, "\u00d0\u00cf\u0011\u00e0", DOCUMENT),
          new Mark(0, "SQLite format 3\0", DOCUMENT));

  private ForeignSniff() {}

  /** The kind of file that begins with these bytes, with its article; empty if unknown. */
  public static Optional<String> kind(byte[] first) {
    String text = new String(first, ISO_8859_1);
    return MARKS.stream()
        .filter(mark -> text.startsWith(mark.bytes(), mark.at()))
        .map(Mark::kind)
        .findFirst();
  }
}
