package streamcache.playback;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import streamcache.range.ByteRange;

/** A multipart/byteranges body (RFC 9110 section 14.6): the text between the ranges. */
final class Multipart {

  /** One range and the text that precedes it, in ISO 8859-1. */
  record Section(String head, ByteRange range) {}

  private final String boundary = UUID.randomUUID().toString().replace("-", "");
  private final List<Section> sections = new ArrayList<>();
  private final String close;

  Multipart(List<ByteRange> ranges, String contentType, long total) {
    for (ByteRange range : ranges) {
      String head =
          "\r\n--%s\r\nContent-Type: %s\r\nContent-Range: bytes %d-%d/%d\r\n\r\n"
              .formatted(boundary, contentType, range.start(), range.end() - 1, total);
      sections.add(new Section(head, range));
    }
    close = "\r\n--" + boundary + "--\r\n";
  }

  String contentType() {
    return "multipart/byteranges; boundary=" + boundary;
  }

  long length() {
    return close.length()
        + sections.stream()
            .mapToLong(section -> section.head().length() + section.range().length())
            .sum();
  }

  List<Section> sections() {
    return sections;
  }

  String close() {
    return close;
  }
}
