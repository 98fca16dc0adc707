package streamcache.testkit.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import streamcache.testkit.fuzz.HostileAnswer.End;
import streamcache.testkit.fuzz.HostileAnswer.Truth;

/**
 * Generates provider responses from a grammar: heads from correct to sloppy to wrong, bodies in
 * every framing from correct to cut to contradictory, and states how a client must treat each. One
 * instance a response.
 */
final class HostileAnswers {

  private static final String[] SHABBY_STATUS = {
    "HTTP/1.1 %d OK",
    "HTTP/1.1 %d",
    "HTTP/1.0 %d OK",
    "http/1.1 %d ok",
    "HTTP/1.1  %d   Fine",
    "HTTP/1.1 %d OK",
    "HTTP/1.1 %d OK"
  };
  private static final String[] WRONG_STATUS = {
    "SSH-2.0-OpenSSH",
    "HTTP/1.1 2",
    "HTTP/1.1 abc OK",
    "200 OK",
    "HTTP/x.y 200",
    "\u0001\u0002",
    "HTTP/1.1 404 Not Found",
    "HTTP/1.1 500 Oops",
    "HTTP/1.1 302 Found",
    "HTTP/1.1 204 No Content",
    "HTTP/1.1 999 What",
    "HTTP/1.1 000 What",
    "HTTP/1.1200 OK"
  };
  private static final String[] NOISE = {
    "X: y",
    "PHP Warning: somewhere",
    "no colon at all",
    "X Odd Name: 1",
    "Server : x",
    "Date:",
    ": nothing",
    "X: \u0000\u0001",
    "X: \u00ff\u00fe",
    "Set-Cookie: a=b; Path=/",
    "Connection: x",
    "Keep-Alive: timeout=5",
    "Accept-Ranges: bytes",
    "X: y\n folded",
    "Content-Encoding: identity",
    "Content-Disposition: attachment; filename=\"a.mkv",
    "Retry-After: soon",
    "ETag: W/\"x\"",
    "Last-Modified: never",
    "Location: http://["
  };
  private static final String[] WRONG_FIELDS = {
    "Content-Encoding: gzip",
    "Content-Encoding: br, identity",
    "Transfer-Encoding: gzip",
    "Transfer-Encoding: chunked, gzip",
    "Content-Length: -1",
    "Content-Length: x",
    "Content-Length: 1, 2",
    "Content-Length: 99999999999999999999999"
  };

  /**
   * The length of last chunk and trailers: a response that lacks only these has delivered the whole
   * body.
   */
  private static final int LONGEST_FAREWELL = 50;

  private final long seed;
  private final int from;
  private final boolean mayStall;
  private final Random random;
  private final StringBuilder head = new StringBuilder();
  private Truth truth = Truth.COMPLETE;
  private int start;
  private boolean isPartial;

  private HostileAnswers(long seed, int from, boolean mayStall) {
    this.seed = seed;
    this.from = from;
    this.mayStall = mayStall;
    this.random = new Random(seed);
  }

  /**
   * @param from first byte requested
   * @param mayStall whether responses may stop in silence, which costs a client its time-out
   */
  static HostileAnswer of(long seed, int from, boolean mayStall) {
    return new HostileAnswers(seed, from, mayStall).make();
  }

  private HostileAnswer make() {
    isPartial = one(3) != 0;
    start = isPartial ? from : 0;
    interim();
    status();
    place();
    noise();
    if (one(12) == 0) {
      wrong();
      line(any(WRONG_FIELDS));
    }
    String body = HostileFilm.text(start, HostileFilm.LENGTH);
    return switch (one(7)) {
      case 0, 1 -> counted(body);
      case 2 -> countedWrongly(body);
      case 3, 4 -> chunked(body);
      case 5 -> chunkedWrongly(body);
      default -> untilTheEnd(body);
    };
  }

  private void interim() {
    int answers = one(15) == 0 ? 30 : one(4) == 0 ? 1 + one(3) : 0;
    for (int i = 0; i < answers; i++) {
      head.append(any("HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 Early\r\nLink: x\r\n\r\n"));
    }
    if (answers > 20) {
      wrong();
    }
    head.append("\r\n".repeat(one(10) == 0 ? 1 + one(3) : 0));
  }

  private void status() {
    if (one(12) == 0) {
      wrong();
      line(any(WRONG_STATUS));
    } else if (!isPartial && one(10) == 0) {
      line("ICY 200 OK");
    } else {
      line(any(SHABBY_STATUS).formatted(isPartial ? 206 : 200));
    }
  }

  private void place() {
    if (!isPartial) {
      return;
    }
    String range = "bytes %d-%d/%d";
    int last = HostileFilm.LENGTH - 1;
    switch (one(14)) {
      case 0 -> {
        wrong();
        line("Content-Range: " + range.formatted(start + 1, last, HostileFilm.LENGTH));
      }
      // Its length may still show that it is the requested range, or the whole file.
      case 1 -> sloppily(range.formatted(start, last + 1, HostileFilm.LENGTH));
      case 2 -> sloppily(range.formatted(start, start - 1, HostileFilm.LENGTH));
      case 3 -> sloppily(any("bytes */30000", "bytes", "", "chars 0-9/10", "bytes 0-x/9"));
      case 4 -> atMost(Truth.OPEN);
      case 5 -> line("Content-Range: BYTES  " + start + "-" + last + "/*");
      default -> line("content-range: " + range.formatted(start, last, HostileFilm.LENGTH));
    }
  }

  private void sloppily(String range) {
    atMost(Truth.OPEN);
    line("Content-Range: " + range);
  }

  private void noise() {
    int lines = one(20) == 0 ? 150 : one(5);
    for (int i = 0; i < lines; i++) {
      line(lines > 100 ? "X: y" : any(NOISE));
    }
    if (lines > 100) {
      wrong();
    }
    if (one(20) == 0) {
      line("X: " + "y".repeat(10_000));
    }
    if (one(25) == 0) {
      wrong();
      line("X: " + "y".repeat(70_000));
    }
    if (one(15) == 0) {
      wrong();
      line("Content-Type: multipart/byteranges; boundary=x");
      return;
    }
    // A response labelled as a page must show the signature of a film, which is at its beginning.
    String silly = start == 0 ? any("text/html", "audio/x-mpegurl") : "video/mp4";
    line("Content-Type: " + any("video/x-matroska", "application/octet-stream", silly, "nonsense"));
  }

  private HostileAnswer counted(String body) {
    String length = "Content-Length: " + body.length();
    line(length);
    if (one(6) == 0) {
      line(length);
    }
    if (one(8) == 0 && !body.isEmpty()) {
      return cut(body);
    }
    return done(body + (one(10) == 0 ? "surplus" : ""), any(End.KEEP, End.KEEP, End.CLOSE));
  }

  private HostileAnswer countedWrongly(String body) {
    int length = body.length();
    switch (one(4)) {
      case 0 -> {
        wrong();
        line("Content-Length: " + length);
        line("Content-Length: " + (length + 1));
      }
      case 1 -> {
        wrong();
        line("Content-Length: " + (length + 1 + one(1000)));
      }
      case 2 -> {
        // Less than the body: a shorter file or a shorter part.
        atMost(Truth.OPEN);
        line("Content-Length: " + Math.max(1, length - 1 - one(1000)));
      }
      default -> {
        wrong();
        line("Content-Length: " + length + any("x", " 1", ".0", "e0", "\u0000"));
      }
    }
    return done(body, End.CLOSE);
  }

  private HostileAnswer chunked(String body) {
    line(any("Transfer-Encoding: chunked", "transfer-encoding: Chunked"));
    if (one(6) == 0) {
      line("Content-Length: " + any("0", "7", "999999"));
    }
    StringBuilder framed = new StringBuilder();
    for (int at = 0; at < body.length(); ) {
      int end = Math.min(body.length(), at + 1 + one(one(4) == 0 ? 50 : 9000));
      framed.append(size(end - at)).append("\r\n");
      framed.append(body, at, end).append("\r\n");
      at = end;
    }
    framed.append(any("0", "000", "0;last")).append("\r\n");
    framed.append(any("", "", "X-Trailer: y\r\n", "Content-Length: 3\r\n")).append("\r\n");
    return one(8) == 0 ? cut(framed.toString()) : done(framed.toString(), any(End.KEEP, End.CLOSE));
  }

  private HostileAnswer chunkedWrongly(String body) {
    unlessAllIsThere();
    line("Transfer-Encoding: chunked");
    int part = Math.min(body.length(), 500 + one(2000));
    String first = body.substring(0, part);
    String rest = body.substring(part);
    String good = size(part) + "\r\n" + first + "\r\n";
    String framed =
        switch (one(7)) {
          case 0 -> good + any("xyz", "-5", "0x10", "ffffffffffffffffff", " ") + "\r\n" + rest;
          case 1 -> lie() + size(part + 1) + "\r\n" + first + "\r\n0\r\n\r\n";
          case 2 -> size(Math.max(1, part - 1)) + "\r\n" + first + "\r\n0\r\n\r\n";
          case 3 -> size(part) + "\r\n" + first + "0\r\n\r\n";
          case 4 -> good;
          case 5 -> good + size(rest.length() + 10) + "\r\n" + rest;
          default -> good + "0\r\n" + "X: y\r\n".repeat(200) + "\r\n";
        };
    return done(framed, End.CLOSE);
  }

  private HostileAnswer untilTheEnd(String body) {
    line("Connection: close");
    if (one(5) == 0) {
      unlessAllIsThere();
      return done(body, End.RESET);
    }
    if (one(5) == 0 && isPartial && body.length() > 1) {
      wrong();
      return done(body.substring(0, body.length() - 1), End.CLOSE);
    }
    return done(body, End.CLOSE);
  }

  /** Cuts at some point within the body; everything before it is correct. */
  private HostileAnswer cut(String body) {
    unlessAllIsThere();
    End end = mayStall && one(6) == 0 ? End.STALL : any(End.CLOSE, End.RESET);
    return done(body.substring(0, one(Math.max(1, body.length() - LONGEST_FAREWELL))), end);
  }

  /** With a range the client knows when it has everything, and may ignore how the response ends. */
  private void unlessAllIsThere() {
    if (isPartial) {
      atMost(Truth.OPEN);
    } else {
      wrong();
    }
  }

  private HostileAnswer done(String body, End end) {
    head.append(one(6) == 0 ? "\n" : "\r\n");
    String all = head + body;
    // A client need not wait for more after a head that it does not read to the end.
    boolean isClear = truth == Truth.COMPLETE || truth == Truth.OPEN;
    End sure = end == End.KEEP && !isClear ? End.CLOSE : end;
    List<String> pieces = new ArrayList<>();
    int most = one(3) == 0 ? 200 : all.length();
    for (int at = 0; at < all.length(); ) {
      int until = pieces.size() > 30 ? all.length() : Math.min(all.length(), at + 1 + one(most));
      pieces.add(all.substring(at, until));
      at = until;
    }
    return new HostileAnswer(seed, pieces, sure, truth);
  }

  private String size(int size) {
    String hex = Integer.toHexString(size);
    String written = one(2) == 0 ? hex : hex.toUpperCase(Locale.ROOT);
    return any("", "", "0", "000") + written + any("", "", "", ";x=y", " ;name=\"a;b\"");
  }

  private void line(String text) {
    head.append(text).append(one(12) == 0 ? "\n" : "\r\n");
  }

  private void wrong() {
    truth = Truth.BROKEN;
  }

  private String lie() {
    truth = Truth.LIE;
    return "";
  }

  private void atMost(Truth other) {
    truth = truth == Truth.COMPLETE ? other : truth;
  }

  private int one(int bound) {
    return bound <= 1 ? 0 : random.nextInt(bound);
  }

  @SafeVarargs
  private <T> T any(T... all) {
    return all[random.nextInt(all.length)];
  }
}
