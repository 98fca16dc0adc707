package streamcache.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import streamcache.playback.Headers;
import streamcache.playback.Request;

/**
 * Status line and header fields of one response, ready to be written. The fields that belong to the
 * connection (see {@link #isOurs}) are added here and dropped from {@code headers}.
 *
 * @param isOpenToPages whether pages of other sites may read the response ({@link CrossOrigin})
 */
record ResponseHead(
    String id,
    int status,
    Headers headers,
    Framing framing,
    boolean http11,
    boolean keepAlive,
    boolean isOpenToPages) {

  /** The head of a response to a request. */
  static ResponseHead of(
      Request request, int status, Headers headers, Framing framing, boolean keepAlive) {
    boolean isOpenToPages = CrossOrigin.isAllowed(request.target());
    return new ResponseHead(
        request.id(), status, headers, framing, request.http11(), keepAlive, isOpenToPages);
  }

  void writeTo(ByteBuf out) {
    ascii(out, "HTTP/1.1 ");
    ascii(out, statusLine(status));
    headers.shared().ifPresent(shared -> out.writeBytes(shared.encoded(ResponseHead::encoded)));
    write(headers.own(), out);
    if (isOpenToPages) {
      CrossOrigin.writeTo(out);
    }
    if (framing == Framing.CHUNKED) {
      ascii(out, "Transfer-Encoding: chunked\r\n");
    }
    out.writeBytes(DateLine.now());
    ascii(out, "X-Request-Id: ");
    ascii(out, id);
    if (!keepAlive) {
      ascii(out, "\r\nConnection: close");
    } else if (!http11) {
      ascii(out, "\r\nConnection: keep-alive");
    }
    ascii(out, "\r\n\r\n");
  }

  private static byte[] encoded(List<Headers.Field> fields) {
    ByteBuf out = Unpooled.buffer();
    write(fields, out);
    return ByteBufUtil.getBytes(out);
  }

  private static void write(List<Headers.Field> fields, ByteBuf out) {
    for (Headers.Field field : fields) {
      if (!isOurs(field.name())) {
        writeName(out, field.name());
        ascii(out, ": ");
        writeValue(out, field.value());
        ascii(out, "\r\n");
      }
    }
  }

  private static boolean isOurs(String name) {
    return switch (name.length()) {
      case 4 -> name.equalsIgnoreCase("Date");
      case 10 -> name.equalsIgnoreCase("Connection") || name.equalsIgnoreCase("Keep-Alive");
      case 12 -> name.equalsIgnoreCase("X-Request-Id");
      case 17 -> name.equalsIgnoreCase("Transfer-Encoding");
      default -> false;
    };
  }

  private static void ascii(ByteBuf out, String text) {
    ByteBufUtil.writeAscii(out, text);
  }

  /**
   * Writes the name in Title-Case: some players compare names case-sensitively. Those of DLNA are
   * written as its devices write them.
   */
  private static void writeName(ByteBuf out, String name) {
    if (isTitleCase(name) || name.endsWith(".dlna.org")) {
      ascii(out, name);
      return;
    }
    boolean first = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      out.writeByte(first && c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
      first = c == '-';
    }
  }

  private static boolean isTitleCase(String name) {
    boolean first = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c > 0x7e || (first && c >= 'a' && c <= 'z')) {
        return false;
      }
      first = c == '-';
    }
    return true;
  }

  /** Replaces control characters: a CR or LF in a provider's field must not end our line. */
  private static void writeValue(ByteBuf out, String value) {
    if (isPlain(value)) {
      ascii(out, value);
      return;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean control = (c < 0x20 && c != '\t') || c == 0x7f;
      out.writeByte(control ? ' ' : c > 0xff ? '?' : c);
    }
  }

  /** Nearly all values are plain; writing them at once is far cheaper than byte by byte. */
  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < 0x20 || value.charAt(i) > 0x7e) {
        return false;
      }
    }
    return true;
  }

  private static String statusLine(int status) {
    return switch (status) {
      case 200 -> "200 OK\r\n";
      case 206 -> "206 Partial Content\r\n";
      default -> status + " " + reason(status) + "\r\n";
    };
  }

  private static String reason(int status) {
    return switch (status) {
      case 204 -> "No Content";
      case 301 -> "Moved Permanently";
      case 302 -> "Found";
      case 303 -> "See Other";
      case 304 -> "Not Modified";
      case 307 -> "Temporary Redirect";
      case 308 -> "Permanent Redirect";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 408 -> "Request Timeout";
      case 410 -> "Gone";
      case 412 -> "Precondition Failed";
      case 413 -> "Content Too Large";
      case 414 -> "URI Too Long";
      case 416 -> "Range Not Satisfiable";
      case 429 -> "Too Many Requests";
      case 431 -> "Request Header Fields Too Large";
      case 500 -> "Internal Server Error";
      case 501 -> "Not Implemented";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout";
      case 505 -> "HTTP Version Not Supported";
      default -> "Status";
    };
  }
}
