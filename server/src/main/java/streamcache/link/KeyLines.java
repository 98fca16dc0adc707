package streamcache.link;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The lines of a key file: {@code <letter> <key in base64>}, blank lines, and comments that begin
 * with {@code #}. Works on byte arrays, which are wiped: a string with a key in it would stay in
 * memory until it is collected. Pure.
 */
final class KeyLines {

  private static final String LETTERS =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  private static final int LINE = '\n';

  private KeyLines() {}

  /** The letters and digits that may name a key. */
  static List<Character> letters() {
    return LETTERS.chars().mapToObj(letter -> (char) letter).toList();
  }

  /** A line for a new key. */
  static byte[] write(char id, byte[] master, String comment) {
    byte[] key = Base64.getUrlEncoder().withoutPadding().encode(master);
    byte[] start = {(byte) id, ' '};
    byte[] end = ("  # " + comment + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] line = Arrays.copyOf(start, start.length + key.length + end.length);
    System.arraycopy(key, 0, line, start.length, key.length);
    System.arraycopy(end, 0, line, start.length + key.length, end.length);
    Arrays.fill(key, (byte) 0);
    return line;
  }

  /**
   * The keys of all lines, in order.
   *
   * @throws KeyFileException if a line is not valid, with its number, or if there is no key
   */
  static List<LinkKey> read(byte[] text) throws KeyFileException {
    List<LinkKey> keys = new ArrayList<>();
    int start = 0;
    for (int line = 1; start < text.length; line++) {
      int end =
          IntStream.range(start, text.length)
              .filter(at -> text[at] == LINE)
              .findFirst()
              .orElse(text.length);
      byte[] bare = bare(text, start, end);
      if (bare.length > 0) {
        add(keys, bare, line);
      }
      Arrays.fill(bare, (byte) 0);
      start = end + 1;
    }
    if (keys.isEmpty()) {
      throw new KeyFileException("it is empty");
    }
    return keys;
  }

  private static void add(List<LinkKey> keys, byte[] line, int number) throws KeyFileException {
    boolean isOurs = line.length > 2 && LETTERS.indexOf(line[0]) >= 0 && line[1] == ' ';
    if (!isOurs) {
      throw new KeyFileException(
          "line " + number + " is not a letter, a space and a key, so this is not a key file");
    }
    char id = (char) line[0];
    if (keys.stream().anyMatch(key -> key.id() == id)) {
      throw new KeyFileException("line " + number + " begins with the same letter as another line");
    }
    keys.add(key(id, Arrays.copyOfRange(line, 2, line.length), number));
  }

  /** Decodes a key; wipes both {@code letters} and the decoded bytes. */
  private static LinkKey key(char id, byte[] letters, int number) throws KeyFileException {
    byte[] master = new byte[0];
    try {
      master = Base64.getUrlDecoder().decode(letters);
      if (master.length == LinkKey.MASTER_BYTES) {
        return LinkKey.derive(id, master);
      }
    } catch (IllegalArgumentException notBase64) {
      // Reported below.
    } finally {
      Arrays.fill(letters, (byte) 0);
      Arrays.fill(master, (byte) 0);
    }
    throw new KeyFileException("the key in line " + number + " is truncated or changed");
  }

  /** The line without its comment and the white space around it. */
  private static byte[] bare(byte[] text, int start, int end) {
    int to = IntStream.range(start, end).filter(at -> text[at] == '#').findFirst().orElse(end);
    int from = start;
    while (from < to && isBlank(text[from])) {
      from++;
    }
    while (to > from && isBlank(text[to - 1])) {
      to--;
    }
    return Arrays.copyOfRange(text, from, to);
  }

  private static boolean isBlank(byte letter) {
    return letter == ' ' || letter == '\t' || letter == '\r';
  }
}
