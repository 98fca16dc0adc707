package streamcache.http;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import streamcache.link.HostAndPort;
import streamcache.playback.Headers;

/** Decides which well-formed heads are served, and how the others are refused. Pure functions. */
final class HeadRules {

  private static final Set<String> SERVED = Set.of("GET", "HEAD");
  private static final Set<String> OPEN =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");
  private static final Set<String> KNOWN =
      Set.of("POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT");

  /** Longest body of a request, in bytes. */
  static final int BODY_MAX = 64 << 10;

  private HeadRules() {}

  /**
   * @param version major times ten plus minor
   * @param isOpen whether a request for this target may have a body and any method
   */
  static HeadOutcome check(
      String method, String target, int version, Headers headers, boolean isOpen) {
    return switch (checked(method, target, version, headers, isOpen)) {
      case EarlyResponse refusal -> refusal.about(subject(target, headers));
      case RequestHead head -> head;
    };
  }

  private static EarlyResponse.Subject subject(String target, Headers headers) {
    boolean isFromPublicNetwork =
        headers
            .first("Access-Control-Request-Private-Network")
            .filter("true"::equalsIgnoreCase)
            .isPresent();
    return new EarlyResponse.Subject(target, isFromPublicNetwork);
  }

  private static HeadOutcome checked(
      String method, String target, int version, Headers headers, boolean isOpen) {
    if (version / 10 != 1) {
      return EarlyResponse.closing(505, "This port speaks HTTP/1.1 and HTTP/1.0.");
    }
    Facts facts = new Facts(headers);
    String wrong = facts.wrongIn(version);
    if (wrong != null) {
      return EarlyResponse.closing(400, wrong);
    }
    boolean http11 = version > 10;
    boolean keepAlive = http11 ? !facts.close : facts.keepAlive && !facts.close;
    if (isOpen && OPEN.contains(method)) {
      return withBody(new RequestHead(method, target, headers, http11, keepAlive), facts);
    }
    if (!SERVED.contains(method)) {
      return otherMethod(method, http11, keepAlive && !facts.hasBody());
    }
    if (facts.hasBody()) {
      return answer(413, "Requests with a body are not accepted.", http11, false);
    }
    if (target.startsWith("/")) {
      return new RequestHead(method, target, headers, http11, keepAlive);
    }
    return absolute(method, target, headers, http11, keepAlive);
  }

  /** A body is short and its length known, so that it can be held until its end. */
  private static HeadOutcome withBody(RequestHead head, Facts facts) {
    if (!facts.hasBody()) {
      return head;
    }
    if (facts.coding != null || facts.length == null) {
      return answer(411, "A request with a body needs a Content-Length.", head.http11(), false);
    }
    if (facts.isLongerThan(BODY_MAX)) {
      return answer(413, "The body of a request has at most 64 KiB.", head.http11(), false);
    }
    if (head.headers().first("Expect").isPresent()) {
      return answer(417, "Send the body without an Expect header.", head.http11(), false);
    }
    return new RequestHead(
        head.method(),
        head.target(),
        head.headers(),
        head.http11(),
        head.keepAlive(),
        Integer.parseInt(facts.length),
        /* body= */ "");
  }

  private static EarlyResponse otherMethod(String method, boolean http11, boolean keepAlive) {
    if (method.equals("OPTIONS")) {
      return answer(204, "", http11, keepAlive);
    }
    boolean known = KNOWN.contains(method);
    String sentence =
        known ? "Only GET, HEAD and OPTIONS are supported." : "This method is not supported.";
    return answer(known ? 405 : 501, sentence, http11, keepAlive);
  }

  private static EarlyResponse answer(
      int status, String sentence, boolean http11, boolean keepAlive) {
    return new EarlyResponse(
        status, sentence, /* forHead= */ false, http11, keepAlive, EarlyResponse.Subject.UNKNOWN);
  }

  /** The authority of an absolute target overrides Host (RFC 9112 section 3.2.2). */
  private static HeadOutcome absolute(
      String method, String target, Headers headers, boolean http11, boolean keepAlive) {
    String lower = target.toLowerCase(Locale.ROOT);
    int start = lower.startsWith("http://") ? 7 : lower.startsWith("https://") ? 8 : -1;
    if (start < 0) {
      return EarlyResponse.closing(
          400, "The request target must be a path or an absolute http URL.");
    }
    int end = start;
    while (end < target.length() && "/?#".indexOf(target.charAt(end)) < 0) {
      end++;
    }
    String authority = target.substring(start, end);
    if (!HostAndPort.isValid(authority)) {
      return EarlyResponse.closing(400, "The URL in the request line has no valid host.");
    }
    String rest = target.substring(end);
    String path = rest.startsWith("/") ? rest : "/" + rest;
    return new RequestHead(method, path, withHost(headers, authority), http11, keepAlive);
  }

  private static Headers withHost(Headers headers, String authority) {
    Headers changed = new Headers().add("Host", authority);
    for (Headers.Field field : headers.fields()) {
      if (!field.name().equalsIgnoreCase("Host")) {
        changed.add(field.name(), field.value());
      }
    }
    return changed;
  }

  /** The fields that decide framing and validity, gathered in one pass. */
  private static final class Facts {
    private int hosts;
    private @Nullable String host;
    private int lengths;
    private @Nullable String length;
    private @Nullable String coding;
    private boolean close;
    private boolean keepAlive;

    Facts(Headers headers) {
      List<Headers.Field> fields = headers.fields();
      for (Headers.Field field : fields) {
        gather(field.name(), field.value());
      }
    }

    private void gather(String name, String value) {
      if (name.equalsIgnoreCase("Host")) {
        hosts++;
        host = value;
      } else if (name.equalsIgnoreCase("Content-Length")) {
        lengths++;
        length = value;
      } else if (name.equalsIgnoreCase("Transfer-Encoding")) {
        coding = coding == null ? value : coding + "," + value;
      } else if (name.equalsIgnoreCase("Connection")) {
        String lower = value.toLowerCase(Locale.ROOT);
        close |= hasToken(lower, "close");
        keepAlive |= hasToken(lower, "keep-alive");
      }
    }

    private static boolean hasToken(String list, String token) {
      int from = 0;
      while (from <= list.length()) {
        int comma = list.indexOf(',', from);
        int to = comma < 0 ? list.length() : comma;
        if (list.substring(from, to).strip().equals(token)) {
          return true;
        }
        from = to + 1;
      }
      return false;
    }

    @Nullable String wrongIn(int version) {
      if (hosts > 1 || (hosts == 0 && version > 10)) {
        return "A request must have exactly one Host header.";
      }
      if (host != null && !HostAndPort.isValid(host)) {
        return "The Host header is no host with an optional port.";
      }
      if (lengths > 1 || (length != null && !isNumber(length))) {
        return "A request may have only one Content-Length, which must be a number.";
      }
      if (coding == null) {
        return null;
      }
      if (length != null) {
        return "Content-Length and Transfer-Encoding cannot be combined.";
      }
      boolean readable = version > 10 && coding.strip().equalsIgnoreCase("chunked");
      return readable ? null : "This Transfer-Encoding is not supported.";
    }

    private static boolean isNumber(String value) {
      for (int i = 0; i < value.length(); i++) {
        if (value.charAt(i) < '0' || value.charAt(i) > '9') {
          return false;
        }
      }
      return !value.isEmpty();
    }

    /** Whether the length, which may have any number of digits, exceeds {@code most}. */
    boolean isLongerThan(int most) {
      return length != null && new BigInteger(length).compareTo(BigInteger.valueOf(most)) > 0;
    }

    boolean hasBody() {
      return coding != null || (length != null && !length.chars().allMatch(c -> c == '0'));
    }
  }
}
