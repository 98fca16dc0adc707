package streamcache.testkit;

import java.util.List;
import java.util.OptionalLong;

/**
 * Status line and header fields of a response.
 *
 * @param statusLine as written
 * @param status 0 if the line has none
 */
public record AnswerHead(String statusLine, int status, Fields headers) {

  static AnswerHead parse(List<String> lines) {
    String[] words = lines.getFirst().split(" ", 3);
    int status = words.length > 1 && words[1].matches("\\d{3}") ? Integer.parseInt(words[1]) : 0;
    return new AnswerHead(lines.getFirst(), status, Fields.parse(lines.subList(1, lines.size())));
  }

  public OptionalLong contentLength() {
    return headers.first("Content-Length").map(Long::parseLong).stream()
        .mapToLong(Long::longValue)
        .findFirst();
  }

  public boolean isChunked() {
    return headers.says("Transfer-Encoding", "chunked");
  }

  /** Returns the offset of the first body byte in the file: from Content-Range, otherwise 0. */
  public long firstOffset() {
    return headers
        .first("Content-Range")
        .map(value -> Long.parseLong(value.replaceFirst("^bytes (\\d+)-.*$", "$1")))
        .orElse(0L);
  }

  boolean hasNoBody() {
    return status / 100 == 1 || status == 204 || status == 304;
  }
}
