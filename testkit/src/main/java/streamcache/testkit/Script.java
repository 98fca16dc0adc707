package streamcache.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How a provider answers for one title. Immutable: each method returns a changed copy; {@link
 * #onRequest} and {@link #fromRequest} change it for some requests only. Default: a healthy
 * provider with ranges, a strong ETag, a known length and keep-alive. Any thread.
 */
public final class Script {

  /** How a Range header field is treated. */
  public enum Ranges {
    HONOURED,
    /** Sends Accept-Ranges: bytes but answers with the whole file and 200. */
    IGNORED,
    /** Sends no Accept-Ranges and answers with the whole file and 200. */
    UNKNOWN
  }

  /** How the length of the body is indicated. */
  public enum Framing {
    LENGTH,
    CHUNKED,
    /** The body ends with the connection. */
    CLOSE
  }

  record HeaderEdit(String name, @Nullable String value) {}

  record Hold(long offset, Gate gate) {}

  record Edit(int from, int to, UnaryOperator<Script> change) {}

  Content content;
  int status;
  String reason = "";
  @Nullable String type = "video/x-matroska";
  @Nullable String etag = "\"v1\"";
  @Nullable String lastModified = "Thu, 01 Jan 2026 00:00:00 GMT";
  Ranges ranges = Ranges.HONOURED;
  Framing framing = Framing.LENGTH;
  boolean totalKnown = true;
  boolean headAllowed = true;
  boolean conditional;
  boolean keepAlive = true;
  long pace;
  Duration headDelay = Duration.ZERO;
  Duration firstByteDelay = Duration.ZERO;
  @Nullable Gate headGate;
  long cutAfter = -1;
  Cut cut = Cut.RESET;
  long stallAfter = -1;
  long lengthOff;
  long rangeOff;
  long cap = Long.MAX_VALUE;
  @Nullable String authorization;
  UnaryOperator<String> rawHead = UnaryOperator.identity();
  List<HeaderEdit> headerEdits = List.of();
  List<Hold> holds = List.of();
  List<Edit> edits = List.of();

  private Script(Content content) {
    this.content = content;
  }

  private Script(Script other) {
    content = other.content;
    status = other.status;
    reason = other.reason;
    type = other.type;
    etag = other.etag;
    lastModified = other.lastModified;
    ranges = other.ranges;
    framing = other.framing;
    totalKnown = other.totalKnown;
    headAllowed = other.headAllowed;
    conditional = other.conditional;
    keepAlive = other.keepAlive;
    pace = other.pace;
    headDelay = other.headDelay;
    firstByteDelay = other.firstByteDelay;
    headGate = other.headGate;
    cutAfter = other.cutAfter;
    cut = other.cut;
    stallAfter = other.stallAfter;
    lengthOff = other.lengthOff;
    rangeOff = other.rangeOff;
    cap = other.cap;
    authorization = other.authorization;
    rawHead = other.rawHead;
    headerEdits = other.headerEdits;
    holds = other.holds;
    edits = other.edits;
  }

  /** A healthy provider. */
  public static Script of(Content content) {
    return new Script(content);
  }

  /** Answers with a status and a small text body instead of a film. */
  public static Script status(int status) {
    return status(status, "text/plain", "status " + status + "\n");
  }

  public static Script status(int status, String type, String body) {
    return new Script(new BytesContent(body.getBytes(StandardCharsets.UTF_8)))
        .type(type)
        .etag(null)
        .lastModified(null)
        .ranges(Ranges.UNKNOWN)
        .with(s -> s.status = status);
  }

  /** Sends {@code location} as written: relative, with spaces, without a scheme, or to itself. */
  public static Script redirect(int status, String location) {
    return status(status, "text/html", "<a>moved</a>").header("Location", location);
  }

  public static Script redirect(String location) {
    return redirect(302, location);
  }

  public Content content() {
    return content;
  }

  public Script content(Content value) {
    return with(s -> s.content = value);
  }

  /** Sends another status with the film's own header fields and body. */
  public Script statusLine(int value, String text) {
    return with(s -> {
      s.status = value;
      s.reason = text;
    });
  }

  public Script type(@Nullable String value) {
    return with(s -> s.type = value);
  }

  /** With its quotes, and {@code W/} for a weak one; null sends none. */
  public Script etag(@Nullable String value) {
    return with(s -> s.etag = value);
  }

  public Script lastModified(@Nullable String value) {
    return with(s -> s.lastModified = value);
  }

  public Script ranges(Ranges value) {
    return with(s -> s.ranges = value);
  }

  public Script framing(Framing value) {
    return with(s -> s.framing = value);
  }

  /** Sends a 206 without a total: {@code bytes a-b/*}; a 416 still includes it. */
  public Script totalUnknown() {
    return with(s -> s.totalKnown = false);
  }

  /** Answers If-None-Match with its ETag with 304. */
  public Script conditional() {
    return with(s -> s.conditional = true);
  }

  /** Answers HEAD with 405. */
  public Script headRefused() {
    return with(s -> s.headAllowed = false);
  }

  /** Ends every response with Connection: close. */
  public Script closing() {
    return with(s -> s.keepAlive = false);
  }

  /** Bytes a second of each response; 0 for no limit. */
  public Script pace(long bytesPerSecond) {
    return with(s -> s.pace = bytesPerSecond);
  }

  /** Waits before the head. */
  public Script headDelay(Duration value) {
    return with(s -> s.headDelay = value);
  }

  /** Waits between the head and the first body byte. */
  public Script firstByteDelay(Duration value) {
    return with(s -> s.firstByteDelay = value);
  }

  /** Sends nothing until the gate opens. */
  public Script headGate(Gate gate) {
    return with(s -> s.headGate = gate);
  }

  /** Stops a body before this offset of the file until the gate opens. */
  public Script gate(long offset, Gate gate) {
    return with(s -> s.holds = plus(s.holds, new Hold(offset, gate)));
  }

  /** Ends the connection after this many body bytes of a response (0: after the head). */
  public Script cutAfter(long bodyBytes, Cut how) {
    return with(s -> {
      s.cutAfter = bodyBytes;
      s.cut = how;
    });
  }

  /** Sends nothing more after this many body bytes, until the client leaves. */
  public Script stallAfter(long bodyBytes) {
    return with(s -> s.stallAfter = bodyBytes);
  }

  /**
   * Content-Length is greater than the body by this much (the connection closes early), or smaller
   * if negative (the body is longer than announced).
   */
  public Script lengthOff(long delta) {
    return with(s -> s.lengthOff = delta);
  }

  /**
   * Answers with a range that starts this far from the requested one, and says so in Content-Range.
   */
  public Script rangeOff(long delta) {
    return with(s -> s.rangeOff = delta);
  }

  /** Answers a range with at most this many bytes, and says so in Content-Range. */
  public Script cap(long bytes) {
    return with(s -> s.cap = bytes);
  }

  /**
   * Replaces or adds a header field: a wrong Content-Range, a Set-Cookie, a Content-Disposition.
   */
  public Script header(String name, String value) {
    return with(s -> s.headerEdits = plus(s.headerEdits, new HeaderEdit(name, value)));
  }

  /** Omits a header field: a missing Content-Range, a missing Content-Type. */
  public Script without(String name) {
    return with(s -> s.headerEdits = plus(s.headerEdits, new HeaderEdit(name, null)));
  }

  /** Edits the bytes of the head last: an ICY status line, bare line feeds, unusual whitespace. */
  public Script rawHead(UnaryOperator<String> edit) {
    return with(s -> s.rawHead = edit);
  }

  /** Answers 401 to every request without these credentials. */
  public Script basicAuth(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return with(s -> s.authorization = "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  /** Changes the script for the k-th request of the path only, counted from 1 without HEAD. */
  public Script onRequest(int k, UnaryOperator<Script> change) {
    return with(s -> s.edits = plus(s.edits, new Edit(k, k, change)));
  }

  /** Changes the script from the k-th request on: another generation, a dead link. */
  public Script fromRequest(int k, UnaryOperator<Script> change) {
    return with(s -> s.edits = plus(s.edits, new Edit(k, Integer.MAX_VALUE, change)));
  }

  /** Returns the script as it applies to the k-th request. */
  public Script at(int k) {
    Script script = this;
    for (Edit edit : edits) {
      if (edit.from() <= k && k <= edit.to()) {
        script = edit.change().apply(script);
      }
    }
    return script;
  }

  private Script with(Consumer<Script> change) {
    Script copy = new Script(this);
    change.accept(copy);
    return copy;
  }

  private static <T> List<T> plus(List<T> list, T element) {
    List<T> longer = new ArrayList<>(list);
    longer.add(element);
    return List.copyOf(longer);
  }
}
