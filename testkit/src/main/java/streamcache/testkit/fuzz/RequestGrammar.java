package streamcache.testkit.fuzz;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Generates conversations from a grammar of requests: most of a head is valid, so that its faults
 * reach deep into the parser. Knows the techniques that make two servers see two different requests
 * in the same bytes. One instance a seed; used by one thread.
 */
public final class RequestGrammar {

  private static final String[] METHODS = {
    "GET", "GET", "GET", "GET", "HEAD", "HEAD", "OPTIONS", "POST", "PUT", "TRACE", "CONNECT", "get",
    "BREW", "G@T", "GET\t", "", "GET\0", "\u00c4"
  };
  private static final String[] VERSIONS = {
    "HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/1.9", "HTTP/0.9", "HTTP/2.0",
    "http/1.1", "HTTP/1.1 ", "HTTP/1", "HTTP/11", "HTTP/1.10", "", "HTTP/1.1\0", "ICY/1.1"
  };
  private static final String[] ENDS = {
    "\r\n",
    "\r\n",
    "\r\n",
    "\r\n",
    "\r\n",
    "\r\n",
    "\r\n",
    "\r\n",
    "\r\n",
    "\r\n",
    "\r\n",
    "\r\n",
    "\n",
    "\r",
    "\r\r\n",
    "\n\r",
    "\r\n ",
    "\r\n\t",
    "\u0085",
    "\u000b\r\n"
  };
  private static final String[] HOSTS = {
    "Host: h\r\n",
    "Host: h:8080\r\n",
    "host:h\r\n",
    "HOST: [::1]:80\r\n",
    "Host: h\r\n",
    "Host: h\r\n",
    "Host: h\r\n",
    "",
    "Host: h\r\nHost: h\r\n",
    "Host: a\r\nhost: b\r\n",
    "Host:\r\n",
    "Host: a b\r\n",
    "Host: user@h\r\n",
    "Host : h\r\n",
    "Host: h\r\n b\r\n",
    " Host: h\r\n",
    "Host: h/u\r\n",
    "Host: h, h\r\n",
    "Host: 1.2.3.4:80:80\r\n",
    "Host: a:99999999\r\n",
    "Host: h%41:\r\n",
    "Host: [::1\r\n",
    "Host: x[::1]:98\r\n",
    "Host: [::ffff:1.2.3.4]\r\n",
    "Host: [v1.a:b]:1\r\n",
    "Host\r\n",
    "Host: h\0\r\n",
    "Host: \th\t \r\n"
  };
  private static final String[] LENGTHS = {
    "Content-Length: 0",
    "Content-Length: 00",
    "Content-Length: 5",
    "Content-Length: 005",
    "Content-Length: +5",
    "Content-Length: -5",
    "Content-Length: 5, 5",
    "Content-Length: 0x5",
    "Content-Length: 5 ",
    "Content-Length:",
    "Content-Length: 99999999999999999999",
    "Content-Length: \u0001",
    "Content-Length : 5",
    "Content_Length: 5",
    "content-length: 5",
    "Content-Length: 1e1",
    "Content-Length: 5;",
    "Content-Length\t: 5"
  };
  private static final String[] CODINGS = {
    "Transfer-Encoding: chunked",
    "Transfer-Encoding: Chunked",
    "Transfer-Encoding:\tchunked",
    "Transfer-Encoding: chunked, identity",
    "Transfer-Encoding: identity, chunked",
    "Transfer-Encoding: gzip, chunked",
    "Transfer-Encoding: xchunked",
    "Transfer-Encoding : chunked",
    "Transfer-Encoding: \"chunked\"",
    "Transfer-Encoding: chunked\u000b",
    "Transfer-Encoding:",
    "transfer-encoding: chunked",
    "Transfer_Encoding: chunked",
    "Transfer-Encoding: chunked;q=1",
    "Transfer-Encoding: chunked\0",
    "X: y\rTransfer-Encoding: chunked",
    "X: y\nTransfer-Encoding: chunked",
    "Transfer-Encoding:\r\n chunked",
    "TE: chunked"
  };
  private static final String[] OTHERS = {
    "Range: bytes=0-9",
    "Range: bytes=0-0,2-2",
    "Range: bytes=-1",
    "Range: bytes=x",
    "Accept: */*",
    "Connection: close",
    "Connection: keep-alive",
    "Connection: Keep-Alive, Close",
    "Connection: ,",
    "Connection: closed",
    "Expect: 100-continue",
    "Upgrade: h2c",
    "If-None-Match: *",
    "X:",
    "X: \t",
    "X: \u00e4\u00ff",
    "User-Agent: a\tb",
    "User-Agent: \u00fcber (x; y)",
    "Cookie: a=b",
    "Authorization: Basic eA==",
    "X: a\0b",
    "X: a\u007fb",
    ": x",
    "X y: z",
    "X",
    "X: y\r\n folded",
    "\tX: y",
    "\u00c4: y",
    "X(): y",
    "X\u0000: y"
  };
  private static final String[] CHUNKS = {
    "0\r\n\r\n",
    "5\r\nhello\r\n0\r\n\r\n",
    "5;x=y\r\nhello\r\n0\r\nX: y\r\n\r\n",
    "05\r\nhello\r\n0\r\n\r\n",
    "5\nhello\n0\n\n",
    "-1\r\n\r\n",
    "ffffffffffffffff1\r\n",
    "5 \r\nhello\r\n0\r\n\r\n",
    "0x5\r\nhello\r\n0\r\n\r\n",
    "1\r\nZZ\r\n0\r\n\r\n",
    "\r\n\r\n"
  };

  private final Random random;
  private final List<String> targets;

  /**
   * @param targets of requests that can be served, which begin with a slash
   */
  public RequestGrammar(long seed, List<String> targets) {
    this.random = new Random(seed);
    this.targets = List.copyOf(targets);
  }

  public Conversation next() {
    StringBuilder bytes = new StringBuilder();
    int requests = 1 + random.nextInt(4);
    for (int i = 0; i < requests; i++) {
      bytes.append(
          switch (random.nextInt(8)) {
            case 0, 1 -> valid();
            case 2 -> smuggling();
            case 3 -> mutated(valid() + valid());
            case 4 -> mutated(smuggling());
            case 5 -> random.nextInt(6) == 0 ? large() : composed(30);
            default -> composed(8);
          });
    }
    return Conversation.of(bytes.toString(), random);
  }

  private String valid() {
    return any("GET", "GET", "HEAD")
        + " "
        + any("", "", "", "http://h", "HTTPS://h:1")
        + target()
        + " HTTP/1.1\r\nHost: h\r\n"
        + any("", "Range: bytes=0-3\r\n", "Connection: keep-alive\r\n", "X:y\r\n")
        + "\r\n";
  }

  /**
   * @param odds one in this many of each part is wrong, among parts that have wrong forms
   */
  private String composed(int odds) {
    StringBuilder head = new StringBuilder();
    head.append(choose(METHODS, "GET", odds)).append(random.nextInt(odds * 3) == 0 ? "  " : " ");
    head.append(random.nextInt(odds) == 0 ? oddTarget() : target());
    head.append(' ').append(choose(VERSIONS, "HTTP/1.1", odds)).append(end(odds));
    List<String> fields = new ArrayList<>();
    fields.add(choose(HOSTS, "Host: h\r\n", odds));
    int others = random.nextInt(4);
    for (int i = 0; i < others; i++) {
      fields.add(any(OTHERS) + end(odds));
    }
    if (random.nextInt(odds) == 0) {
      fields.add(any(LENGTHS) + end(odds));
    }
    if (random.nextInt(odds) == 0) {
      fields.add(any(CODINGS) + end(odds));
    }
    Collections.shuffle(fields, random);
    fields.forEach(head::append);
    head.append(end(odds));
    return random.nextInt(odds) == 0 ? head + body() : head.toString();
  }

  /**
   * One request whose end two servers may see at different positions, and a second one in the gap.
   */
  private String smuggling() {
    String hidden = "GET " + target() + " HTTP/1.1\r\nHost: h\r\n\r\n";
    String length =
        "Content-Length: " + any("0", "4", "5", String.valueOf(hidden.length())) + "\r\n";
    String chunked = any(CODINGS) + "\r\n";
    String framing =
        switch (random.nextInt(6)) {
          case 0 -> length + chunked;
          case 1 -> chunked + length;
          case 2 -> length + length.replace(": ", ": 1");
          case 3 -> chunked + any(CODINGS) + "\r\n";
          case 4 -> any(LENGTHS) + "\r\n" + chunked;
          default -> any("X: y\n", "X: y\r", "X: y\r\n\r", "X:\0") + length;
        };
    String body =
        switch (random.nextInt(4)) {
          case 0 -> "0\r\n\r\n" + hidden;
          case 1 -> Integer.toHexString(hidden.length()) + "\r\n" + hidden + "\r\n0\r\n\r\n";
          case 2 -> hidden;
          default -> body() + hidden;
        };
    String method = any("GET", "GET", "POST", "HEAD", "OPTIONS");
    return method + " " + target() + " HTTP/1.1\r\nHost: h\r\n" + framing + "\r\n" + body;
  }

  /** Requests at the size limits of the parser. */
  private String large() {
    return switch (random.nextInt(5)) {
      case 0 ->
          "GET /" + "x".repeat((16 << 10) - 3 + random.nextInt(5)) + " HTTP/1.1\r\nHost: h\r\n\r\n";
      case 1 ->
          "GET / HTTP/1.1\r\nHost: h\r\n" + "X: y\r\n".repeat(97 + random.nextInt(5)) + "\r\n";
      case 2 ->
          "GET / HTTP/1.1\r\nHost: h\r\nX: " + "y".repeat((32 << 10) - 20 + random.nextInt(20));
      case 3 -> "G" + "E".repeat((16 << 10) + 50 + random.nextInt(20)) + " / HTTP/1.1\r\n";
      default -> "\r\n".repeat(3 + random.nextInt(4));
    };
  }

  private String mutated(String bytes) {
    StringBuilder changed = new StringBuilder(bytes);
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes && !changed.isEmpty(); i++) {
      int at = random.nextInt(changed.length());
      int end = Math.min(changed.length(), at + 1 + random.nextInt(8));
      switch (random.nextInt(6)) {
        case 0 -> changed.setCharAt(at, letter());
        case 1 -> changed.insert(at, letter());
        case 2 -> changed.deleteCharAt(at);
        case 3 -> changed.insert(at, changed.substring(at, end));
        case 4 -> changed.delete(at, end);
        default -> changed.insert(at, any(ENDS));
      }
    }
    return changed.toString();
  }

  /** Returns a letter; letters with a meaning in HTTP are more frequent. */
  private char letter() {
    String telling = "\r\n\t\0 :,;/?#%@[]\u007f\u0080\u00ff";
    return random.nextBoolean()
        ? telling.charAt(random.nextInt(telling.length()))
        : (char) random.nextInt(256);
  }

  private String target() {
    return targets.get(random.nextInt(targets.size()))
        + any("", "", "", "/film.mkv", "?a=b", "/%2e%2e", "//x", "?http://h/");
  }

  private String oddTarget() {
    return any(
        "*",
        "h:443",
        "u/x",
        "http://" + target(),
        "http://user@h" + target(),
        "http://h\\@other" + target(),
        "http:" + target(),
        "ftp://h" + target(),
        target() + " x",
        target() + "\t",
        target() + "\0",
        target() + "#x",
        "\\u\\x",
        "//h" + target(),
        "http://h?" + target(),
        "",
        "\u00e4");
  }

  private String body() {
    return any(any(CHUNKS), "hello", "x", valid());
  }

  private String end(int odds) {
    return random.nextInt(odds * 2) == 0 ? any(ENDS) : "\r\n";
  }

  private String choose(String[] all, String usual, int odds) {
    return random.nextInt(odds) == 0 ? any(all) : usual;
  }

  private String any(String... all) {
    return all[random.nextInt(all.length)];
  }
}
