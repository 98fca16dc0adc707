package streamcache.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import streamcache.origin.Facts;

/**
 * What a node says of stored bytes, in one field of its response's head. Values of providers may
 * hold any character, so each is encoded.
 *
 * @param file differs for every file that the title has had on that node
 * @param begun when the node began the file, in epoch seconds
 * @param end the offset after the last byte that it has without a hole
 * @param facts what the provider said; the total is known
 */
record StoredHead(String file, long begun, long end, Facts facts) {

  static final String FIELD = "Streamcache-Stored";

  private static final String VERSION = "1";
  private static final int PARTS = 12;

  /** The value of the field. */
  String sealed() {
    List<String> parts =
        List.of(
            file,
            Long.toString(begun),
            Long.toString(end),
            Long.toString(facts.total().orElseThrow()),
            facts.strongValidator().orElse(""),
            facts.lastModified().orElse(""),
            facts.contentType().orElse(""),
            facts.contentDisposition().orElse(""),
            Boolean.toString(facts.ranges()),
            facts.finalHost(),
            facts.date().map(date -> Long.toString(date.getEpochSecond())).orElse(""),
            Long.toString(facts.age()));
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    List<String> written = new ArrayList<>(List.of(VERSION));
    parts.forEach(
        part -> written.add(encoder.encodeToString(part.getBytes(StandardCharsets.UTF_8))));
    return String.join(".", written);
  }

  /** Empty if another version of this program wrote it, or nobody. */
  static Optional<StoredHead> of(RelayHead head) {
    List<String> written = List.of(head.headers().first(FIELD).orElse("").split("\\.", -1));
    if (written.size() != PARTS + 1 || !written.getFirst().equals(VERSION)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          read(written.subList(1, written.size()).stream().map(StoredHead::plain).toList()));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static String plain(String part) {
    return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }

  private static StoredHead read(List<String> parts) {
    Facts facts =
        new Facts(
            OptionalLong.of(Long.parseLong(parts.get(3))),
            text(parts.get(4)),
            text(parts.get(5)),
            text(parts.get(6)),
            text(parts.get(7)),
            Boolean.parseBoolean(parts.get(8)),
            parts.get(9),
            text(parts.get(10)).map(Long::parseLong).map(Instant::ofEpochSecond),
            /* isPlaced= */ true,
            Long.parseLong(parts.get(11)));
    return new StoredHead(
        parts.getFirst(), Long.parseLong(parts.get(1)), Long.parseLong(parts.get(2)), facts);
  }

  private static Optional<String> text(String part) {
    return part.isEmpty() ? Optional.empty() : Optional.of(part);
  }
}
