package streamcache.durable;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * One line of a journal. Pure.
 *
 * @param text empty if the id is removed
 */
record JournalLine(String id, Optional<String> text) {

  private static final int CRC_LETTERS = 8;

  static byte[] of(String id, Optional<String> text) {
    String content = id + text.map(present -> " " + present).orElse("");
    return (crc(content) + " " + content + "\n").getBytes(UTF_8);
  }

  /** Empty if the line does not match its checksum. */
  static Optional<JournalLine> parse(String line) {
    if (line.length() < CRC_LETTERS + 2 || line.charAt(CRC_LETTERS) != ' ') {
      return Optional.empty();
    }
    String content = line.substring(CRC_LETTERS + 1);
    if (!line.startsWith(crc(content))) {
      return Optional.empty();
    }
    int blank = content.indexOf(' ');
    return Optional.of(
        blank < 0
            ? new JournalLine(content, Optional.empty())
            : new JournalLine(
                content.substring(0, blank), Optional.of(content.substring(blank + 1))));
  }

  private static String crc(String content) {
    CRC32C crc = new CRC32C();
    crc.update(content.getBytes(UTF_8));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
