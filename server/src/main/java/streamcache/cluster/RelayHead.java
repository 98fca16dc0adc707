package streamcache.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import streamcache.playback.Headers;

/** The head of a node's response. */
record RelayHead(int status, Headers headers) {

  private static final int LONGEST = 64 * 1024;

  /** Each connection has its own; pages may read what the node of the player says. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("date", "connection", "keep-alive", "transfer-encoding", "x-request-id");

  private static final String OF_PAGES = "access-control-";

  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})(?: .*)?");

  private static final Pattern PART =
      Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18})");

  /**
   * Part of a file of known length.
   *
   * @param end exclusive
   */
  record Part(long start, long end, long total) {}

  /** Reads up to the empty line; blocks. */
  static RelayHead read(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    while (!text.toString().endsWith("\r\n\r\n")) {
      String line = line(in);
      text.append(line);
      if (line.equals("\r\n")) {
        break;
      }
      if (text.length() > LONGEST) {
        throw new IOException("the head of a node's response is too long");
      }
    }
    return parse(text.toString());
  }

  /** A line with its end. */
  static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    while (line.length() <= LONGEST) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the node closed the connection");
      }
      line.append((char) next);
      if (next == '\n') {
        return line.toString();
      }
    }
    throw new IOException("a line of a node's response is too long");
  }

  private static RelayHead parse(String text) throws IOException {
    List<String> lines = text.lines().toList();
    Matcher status = STATUS.matcher(lines.isEmpty() ? "" : lines.getFirst());
    if (!status.matches()) {
      throw new IOException("not a response of a node");
    }
    Headers headers = new Headers();
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.add(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }
    return new RelayHead(Integer.parseInt(status.group(1)), headers);
  }

  /** What its player gets of the fields. */
  Headers forPlayer() {
    Headers passed = new Headers();
    for (Headers.Field field : headers.fields()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (!OF_THE_CONNECTION.contains(name) && !name.startsWith(OF_PAGES)) {
        passed.add(field.name(), field.value());
      }
    }
    return passed;
  }

  OptionalLong length() {
    return headers
        .first("Content-Length")
        .map(text -> OptionalLong.of(Long.parseLong(text)))
        .orElse(OptionalLong.empty());
  }

  boolean isChunked() {
    return headers.first("Transfer-Encoding").filter("chunked"::equalsIgnoreCase).isPresent();
  }

  /** The bytes of the file that follow, if that is known; empty for several parts. */
  Optional<Part> part() {
    if (status == 200 && length().isPresent()) {
      long total = length().getAsLong();
      return Optional.of(new Part(0, total, total));
    }
    Matcher written = PART.matcher(headers.first("Content-Range").orElse(""));
    return status == 206 && written.matches()
        ? Optional.of(
            new Part(
                Long.parseLong(written.group(1)),
                Long.parseLong(written.group(2)) + 1,
                Long.parseLong(written.group(3))))
        : Optional.empty();
  }
}
