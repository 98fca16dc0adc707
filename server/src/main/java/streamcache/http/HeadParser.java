package streamcache.http;

import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import streamcache.playback.Headers;

/**
 * Parses one complete request head, byte by byte and strictly (RFC 9112): a head that can be read
 * in two ways is refused. Used for one head, on the event loop.
 */
final class HeadParser {

  private static final boolean[] TOKEN = new boolean[128];

  static {
    String allowed =
        "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    for (int i = 0; i < allowed.length(); i++) {
      TOKEN[allowed.charAt(i)] = true;
    }
  }

  private static final EarlyResponse BAD_LINE =
      EarlyResponse.closing(
          400, "A request line is a method, a target and a version, separated by single spaces.");

  private final byte[] bytes;
  private final Predicate<String> takesBody;
  private int at;

  private HeadParser(byte[] bytes, Predicate<String> takesBody) {
    this.bytes = bytes;
    this.takesBody = takesBody;
  }

  static boolean isTokenByte(byte value) {
    return value >= 0 && TOKEN[value];
  }

  /** {@code bytes} ends with an empty line, and every line of it with CR LF. */
  static HeadOutcome parse(byte[] bytes, Predicate<String> takesBody) {
    return new HeadParser(bytes, takesBody).parse();
  }

  private HeadOutcome parse() {
    String method = token((byte) ' ');
    if (method == null) {
      return BAD_LINE;
    }
    // A response to HEAD has no body, whatever else is wrong: it would be read as the next
    // response.
    return switch (parse(method)) {
      case EarlyResponse refusal when method.equals("HEAD") -> refusal.toHead();
      case HeadOutcome outcome -> outcome;
    };
  }

  private HeadOutcome parse(String method) {
    String target = target();
    if (target == null) {
      return BAD_LINE;
    }
    int version = version();
    if (version < 0) {
      return BAD_LINE;
    }
    if (target.length() > HeadReader.TARGET_MAX) {
      return EarlyResponse.closing(414, "The request target is longer than 16 KiB.");
    }
    Headers headers = new Headers();
    while (bytes[at] != '\r' || bytes[at + 1] != '\n') {
      EarlyResponse wrong = field(headers);
      if (wrong != null) {
        return wrong;
      }
    }
    boolean isOpen = target.startsWith("/") && takesBody.test(target);
    return HeadRules.check(method, target, version, headers, isOpen);
  }

  /** Returns the token before {@code end} and consumes both; null when there is none. */
  private @Nullable String token(byte end) {
    int start = at;
    while (isTokenByte(bytes[at])) {
      at++;
    }
    if (at == start || bytes[at] != end) {
      return null;
    }
    return text(start, at++);
  }

  private @Nullable String target() {
    int start = at;
    while (bytes[at] != ' ') {
      if (isControl(bytes[at])) {
        return null;
      }
      at++;
    }
    return at == start ? null : text(start, at++);
  }

  /** Major times ten plus minor, or -1 when malformed. */
  private int version() {
    boolean written =
        bytes.length - at >= 12
            && "HTTP/".equals(text(at, at + 5))
            && isDigit(bytes[at + 5])
            && bytes[at + 6] == '.'
            && isDigit(bytes[at + 7])
            && bytes[at + 8] == '\r'
            && bytes[at + 9] == '\n';
    if (!written) {
      return -1;
    }
    int version = (bytes[at + 5] - '0') * 10 + bytes[at + 7] - '0';
    at += 10;
    return version;
  }

  private @Nullable EarlyResponse field(Headers headers) {
    if (isBlank(bytes[at])) {
      return EarlyResponse.closing(400, "A header line must not be folded.");
    }
    String name = token((byte) ':');
    if (name == null) {
      return EarlyResponse.closing(
          400, "A header line begins with a name and a colon, without a space between them.");
    }
    while (isBlank(bytes[at])) {
      at++;
    }
    int start = at;
    while (bytes[at] != '\r') {
      if (isControl(bytes[at]) && bytes[at] != '\t') {
        return EarlyResponse.closing(400, "A header value contains a control character.");
      }
      at++;
    }
    if (bytes[at + 1] != '\n') {
      return EarlyResponse.closing(400, "A header value contains a CR.");
    }
    int end = at;
    while (end > start && isBlank(bytes[end - 1])) {
      end--;
    }
    headers.add(name, text(start, end));
    at += 2;
    return null;
  }

  private String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private static boolean isBlank(byte value) {
    return value == ' ' || value == '\t';
  }

  private static boolean isDigit(byte value) {
    return value >= '0' && value <= '9';
  }

  private static boolean isControl(byte value) {
    return (value >= 0 && value < 0x20) || value == 0x7f;
  }
}
