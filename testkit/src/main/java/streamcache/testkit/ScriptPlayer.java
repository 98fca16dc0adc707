package streamcache.testkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import streamcache.testkit.Fields.Field;
import streamcache.testkit.RecordedRequest.End;
import streamcache.testkit.Script.Framing;
import streamcache.testkit.Script.HeaderEdit;
import streamcache.testkit.Script.Hold;
import streamcache.testkit.Script.Ranges;

/** Sends one response according to its script. Owned and run by the thread of its connection. */
final class ScriptPlayer {

  private static final int BLOCK = 32 * 1024;

  /** Writes per second of a paced response: small steps, so that the pace is even. */
  private static final int STEPS_A_SECOND = 50;

  private final Script script;
  private final Wire wire;
  private final RecordedRequest request;

  ScriptPlayer(Script script, Wire wire) {
    this.script = script;
    this.wire = wire;
    this.request = wire.request();
  }

  void play() throws IOException {
    if (script.headGate != null) {
      wire.await(script.headGate);
    }
    wire.pause(script.headDelay);
    boolean isHead = request.method().equals("HEAD");
    if (isHead && !script.headAllowed) {
      wire.play(Script.status(405).header("Allow", "GET"));
      return;
    }
    if (script.authorization != null
        && !request.header("Authorization").equals(Optional.of(script.authorization))) {
      wire.play(Script.status(401).header("WWW-Authenticate", "Basic realm=\"films\""));
      return;
    }
    Span span = span(isHead);
    if (!script.keepAlive || script.framing == Framing.CLOSE || script.lengthOff != 0) {
      wire.closeAfter();
    }
    wire.head(script.rawHead.apply(head(span)));
    if (!isHead && span.status != 416 && span.status != 304) {
      wire.pause(script.firstByteDelay);
      body(span);
    }
  }

  /** What is sent: {@code [start, end)} of the content with this status. */
  private record Span(int status, long start, long end) {}

  private Span span(boolean isHead) {
    long total = script.content.length();
    boolean isUnchanged =
        script.conditional
            && request.header("If-None-Match").equals(Optional.ofNullable(script.etag));
    if (isUnchanged && script.etag != null) {
      return new Span(304, 0, 0);
    }
    Optional<String> range = isHead ? Optional.empty() : request.range();
    if (script.ranges != Ranges.HONOURED || range.isEmpty() || !ifRangeHolds()) {
      return new Span(200, 0, total);
    }
    Optional<long[]> bounds = bounds(range.get(), total);
    if (bounds.isEmpty()) {
      return new Span(200, 0, total);
    }
    long start = Math.max(0, bounds.get()[0] + script.rangeOff);
    long asked = Math.min(total, bounds.get()[1]);
    long end = Math.min(asked, start + Math.min(script.cap, total));
    return start >= end ? new Span(416, 0, 0) : new Span(206, start, end);
  }

  /**
   * Returns a single range as {@code [start, end)}; empty for anything else, which is then ignored.
   */
  private static Optional<long[]> bounds(String range, long total) {
    if (!range.startsWith("bytes=") || range.contains(",")) {
      return Optional.empty();
    }
    String[] ends = range.substring("bytes=".length()).split("-", -1);
    try {
      if (ends[0].isEmpty()) {
        return Optional.of(new long[] {Math.max(0, total - Long.parseLong(ends[1])), total});
      }
      long end = ends[1].isEmpty() ? total : Long.parseLong(ends[1]) + 1;
      return Optional.of(new long[] {Long.parseLong(ends[0]), end});
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException _) {
      return Optional.empty();
    }
  }

  private boolean ifRangeHolds() {
    Optional<String> ifRange = request.header("If-Range");
    if (ifRange.isEmpty()) {
      return true;
    }
    String wanted = ifRange.get();
    boolean isStrong = script.etag != null && !script.etag.startsWith("W/");
    return (isStrong && wanted.equals(script.etag)) || wanted.equals(script.lastModified);
  }

  private String head(Span span) {
    List<Field> fields = fields(span);
    for (HeaderEdit edit : script.headerEdits) {
      fields.removeIf(field -> field.name().equalsIgnoreCase(edit.name()));
      String value = edit.value();
      if (value != null) {
        fields.add(new Field(edit.name(), value));
      }
    }
    int status = script.status == 0 ? span.status : script.status;
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status);
    head.append(' ').append(script.reason.isEmpty() ? "Status" : script.reason).append("\r\n");
    for (Field field : fields) {
      head.append(field.name()).append(": ").append(field.value()).append("\r\n");
    }
    return head.append("\r\n").toString();
  }

  private List<Field> fields(Span span) {
    List<Field> fields = new ArrayList<>();
    long total = script.content.length();
    String shownTotal = script.totalKnown ? Long.toString(total) : "*";
    if (span.status == 206) {
      fields.add(
          new Field(
              "Content-Range", "bytes " + span.start + "-" + (span.end - 1) + "/" + shownTotal));
    }
    if (span.status == 416) {
      fields.add(new Field("Content-Range", "bytes */" + total));
    }
    if (script.type != null) {
      fields.add(new Field("Content-Type", script.type));
    }
    if (script.etag != null) {
      fields.add(new Field("ETag", script.etag));
    }
    if (script.lastModified != null) {
      fields.add(new Field("Last-Modified", script.lastModified));
    }
    if (script.ranges != Ranges.UNKNOWN) {
      fields.add(new Field("Accept-Ranges", "bytes"));
    }
    if (span.status == 304) {
      return fields;
    }
    if (span.status == 416 || script.framing == Framing.LENGTH) {
      long length = span.end - span.start + (span.status == 416 ? 0 : script.lengthOff);
      fields.add(new Field("Content-Length", Long.toString(length)));
    } else if (script.framing == Framing.CHUNKED) {
      fields.add(new Field("Transfer-Encoding", "chunked"));
    }
    if (!wire.keepsAlive()) {
      fields.add(new Field("Connection", "close"));
    }
    return fields;
  }

  private void body(Span span) throws IOException {
    byte[] block = new byte[BLOCK];
    long begun = System.nanoTime();
    long length = span.end - span.start;
    long sent = 0;
    while (true) {
      stopWhereAsked(sent);
      if (sent == length) {
        break;
      }
      passGates(span.start + sent);
      pace(begun, sent);
      int count = (int) Math.min(step(), nextStop(span, sent) - sent);
      script.content.fill(span.start + sent, block, 0, count);
      send(block, count);
      sent += count;
    }
    if (script.framing == Framing.CHUNKED) {
      wire.framing("0\r\n\r\n");
    }
  }

  private void send(byte[] block, int count) throws IOException {
    if (script.framing == Framing.CHUNKED) {
      wire.framing(Integer.toHexString(count) + "\r\n");
    }
    wire.body(block, 0, count);
    if (script.framing == Framing.CHUNKED) {
      wire.framing("\r\n");
    }
  }

  private void stopWhereAsked(long sent) throws IOException {
    if (sent == script.cutAfter) {
      wire.cut(script.cut);
    }
    if (sent == script.stallAfter) {
      wire.stall();
    }
  }

  private void passGates(long offset) throws IOException {
    for (Hold hold : script.holds) {
      if (hold.offset() == offset) {
        wire.await(hold.gate());
      }
    }
  }

  private void pace(long begun, long sent) throws IOException {
    if (script.pace > 0) {
      double due = sent * 1e9 / script.pace;
      wire.pauseNanos((long) due - (System.nanoTime() - begun));
    } else if (wire.isGone()) {
      throw new Wire.Stopped(End.CLIENT_GONE);
    }
  }

  private long step() {
    return script.pace == 0 ? BLOCK : Math.clamp(script.pace / STEPS_A_SECOND, 1, BLOCK);
  }

  /**
   * Returns how many body bytes may have been sent when the next gate, cut, stall or the end is
   * reached.
   */
  private long nextStop(Span span, long sent) {
    long stop = span.end - span.start;
    if (script.cutAfter > sent) {
      stop = Math.min(stop, script.cutAfter);
    }
    if (script.stallAfter > sent) {
      stop = Math.min(stop, script.stallAfter);
    }
    for (Hold hold : script.holds) {
      if (hold.offset() > span.start + sent) {
        stop = Math.min(stop, hold.offset() - span.start);
      }
    }
    return stop;
  }
}
