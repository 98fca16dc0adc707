package streamcache.origin;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.util.CharArrayBuffer;

/**
 * Parses response heads as careless providers write them: ICY, bare LF, no reason phrase, odd
 * lines. It accepts what is unambiguous and rejects what could make two parsers see different
 * bodies. One per network connection; used by the thread that holds the connection.
 */
final class LenientHead implements HttpMessageParser<ClassicHttpResponse> {

  private static final int MOST_LINES = 100;
  private static final int MOST_CHARS = 64 * 1024;
  private static final int MOST_EMPTY_LINES = 4;

  /** Most interim responses (1xx) before the final one; the library would wait forever. */
  private static final int MOST_INTERIM = 20;

  private static final Pattern STATUS =
      Pattern.compile(
          "(?:HTTP/([0-9])(?:\\.([0-9]+))?|ICY)\\s+([1-9][0-9]{2})(?:\\s.*)?",
          Pattern.CASE_INSENSITIVE);

  private final CharArrayBuffer line = new CharArrayBuffer(256);
  private int interim;

  @Override
  public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in)
      throws IOException, BadHead {
    String status = statusLine(buffer, in);
    if (status.isEmpty()) {
      // To the library, null means that the connection was closed before any byte arrived.
      return nothing();
    }
    ClassicHttpResponse head = begun(status);
    List<Header> headers = headers(buffer, in);
    boolean isChunked = isChunked(headers);
    boolean isLengthTold = singleLength(headers, isChunked);
    for (Header header : headers) {
      head.addHeader(header);
    }
    if (isChunked && isLengthTold) {
      head.setHeader("Connection", "close");
    }
    interim = head.getCode() < 200 ? interim + 1 : 0;
    if (interim > MOST_INTERIM) {
      throw new BadHead("too many interim responses");
    }
    return head;
  }

  @SuppressWarnings("NullAway") // the library's interface asks for null here
  private static ClassicHttpResponse nothing() {
    return null;
  }

  private String statusLine(SessionInputBuffer buffer, InputStream in) throws IOException {
    for (int empty = 0; empty <= MOST_EMPTY_LINES; empty++) {
      line.clear();
      if (buffer.readLine(line, in) < 0) {
        return "";
      }
      String text = line.toString().strip();
      if (!text.isEmpty()) {
        return text;
      }
    }
    return "";
  }

  private static ClassicHttpResponse begun(String statusLine) throws BadHead {
    Matcher status = STATUS.matcher(statusLine);
    if (!status.matches()) {
      throw new BadHead("not an HTTP response");
    }
    boolean isOld = status.group(1) == null || status.group(1).equals("0");
    boolean isFirst = "1".equals(status.group(1)) && "0".equals(status.group(2));
    ClassicHttpResponse head = new BasicClassicHttpResponse(Integer.parseInt(status.group(3)));
    head.setVersion(isOld || isFirst ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1);
    return head;
  }

  private List<Header> headers(SessionInputBuffer buffer, InputStream in)
      throws IOException, BadHead {
    List<Header> headers = new ArrayList<>();
    int chars = 0;
    for (int lines = 0; lines <= MOST_LINES; lines++) {
      line.clear();
      if (buffer.readLine(line, in) < 0) {
        throw new BadHead("head cut short");
      }
      if (line.isEmpty()) {
        return headers;
      }
      chars += line.length();
      if (chars > MOST_CHARS) {
        throw new BadHead("head too large");
      }
      take(line.toString(), headers);
    }
    throw new BadHead("too many header lines");
  }

  /**
   * Ignores a line without a colon; a line that begins with white space continues the previous one.
   */
  private static void take(String text, List<Header> headers) {
    if (Character.isWhitespace(text.charAt(0)) && !headers.isEmpty()) {
      Header before = headers.removeLast();
      headers.add(new BasicHeader(before.getName(), before.getValue() + " " + text.strip()));
      return;
    }
    int colon = text.indexOf(':');
    String name = colon < 0 ? "" : text.substring(0, colon).strip();
    if (!name.isEmpty()) {
      headers.add(new BasicHeader(name, text.substring(colon + 1).strip()));
    }
  }

  private static boolean isChunked(List<Header> headers) throws BadHead {
    boolean isChunked = false;
    for (String coding : elements(headers, "Transfer-Encoding")) {
      switch (coding.toLowerCase(Locale.ROOT)) {
        case "chunked" -> isChunked = true;
        case "identity", "" -> {}
        default -> throw new BadHead("unknown transfer encoding");
      }
    }
    headers.removeIf(header -> header.getName().equalsIgnoreCase("Transfer-Encoding"));
    if (isChunked) {
      headers.add(new BasicHeader("Transfer-Encoding", "chunked"));
    }
    return isChunked;
  }

  /**
   * Keeps one of several equal Content-Length fields, and none if the body is chunked. Returns
   * whether there was one.
   */
  private static boolean singleLength(List<Header> headers, boolean isChunked) throws BadHead {
    List<String> lengths = elements(headers, "Content-Length").stream().distinct().toList();
    if (lengths.isEmpty()) {
      return false;
    }
    if (lengths.size() > 1) {
      throw new BadHead("conflicting Content-Lengths");
    }
    if (!lengths.getFirst().matches("[0-9]{1,18}")) {
      throw new BadHead("invalid Content-Length");
    }
    headers.removeIf(header -> header.getName().equalsIgnoreCase("Content-Length"));
    if (!isChunked) {
      headers.add(new BasicHeader("Content-Length", lengths.getFirst()));
    }
    return true;
  }

  private static List<String> elements(List<Header> headers, String name) {
    List<String> elements = new ArrayList<>();
    for (Header header : headers) {
      if (header.getName().equalsIgnoreCase(name)) {
        for (String element : header.getValue().split(",", -1)) {
          elements.add(element.strip());
        }
      }
    }
    return elements;
  }
}
