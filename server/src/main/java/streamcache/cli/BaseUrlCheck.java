package streamcache.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import streamcache.link.BadLink;
import streamcache.link.HttpUrl;
import streamcache.settings.BaseUrl;

/**
 * Asks the running server through {@code BASE_URL}, as players do: whether that leads to it, and
 * what a reverse proxy does to requests and responses. One thread; blocks for some seconds.
 */
final class BaseUrlCheck {

  private static final String WHAT = "BASE_URL";
  private static final String PROXY = "through BASE_URL";

  /** Asked for; neither the first nor the last bytes of the file. */
  private static final int FIRST = 1_000_000;

  private static final int BYTES = 1000;
  private static final int PARTIAL = 206;

  private final BaseUrl base;
  private final WebPlace place;
  private final SelfCheckCalls server;
  private final String instance;
  private final InstantSource clock;
  private final Findings findings;

  /**
   * @param instance identifies the server that should answer
   * @throws BadLink if the address is none
   */
  BaseUrlCheck(
      BaseUrl base, SelfCheckCalls server, String instance, InstantSource clock, Findings findings)
      throws BadLink {
    this.base = base;
    this.place = WebPlace.of(base.toString());
    this.server = server;
    this.instance = instance;
    this.clock = clock;
    this.findings = findings;
  }

  void examine() throws BadLink {
    if (place.isSecure()) {
      CertificateCheck.of(place, clock, findings).examine();
    }
    String target = base.path() + server.target("part");
    String range = "bytes=%d-%d".formatted(FIRST, FIRST + BYTES - 1);
    long begun = System.nanoTime();
    try (WebCall call = WebCall.get(place, target, Map.of("Range", range))) {
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      if (call.header(SelfCheck.INSTANCE).filter(instance::equals).isEmpty()) {
        stranger(call);
        return;
      }
      findings.good(WHAT, "%s leads to this server, in %d ms".formatted(base, took.toMillis()));
      range(call, range);
      client(call);
      idle(call);
    } catch (IOException e) {
      findings.bad(
          WHAT,
          "%s cannot be reached from this machine (%s); correct it or what serves it. If players do"
                  .formatted(base, e.getClass().getSimpleName())
              + " reach it, the router lets no machine at home use its public address");
      return;
    }
    ahead();
  }

  private void stranger(WebCall call) throws IOException {
    Optional<String> other = call.header(SelfCheck.INSTANCE);
    int status = call.status();
    String text;
    if (other.isPresent()) {
      text = "another server with the same key answers; point it to the one of this cache folder";
    } else if (status / 100 == 3) {
      text =
          "it redirects%s; set BASE_URL to where it leads"
              .formatted(call.header("Location").map(BaseUrlCheck::origin).orElse(""));
    } else if (status == 401 || status == 403) {
      text =
          "the proxy refuses with %d; players cannot log in, so let paths that begin with /e/, /s/"
                  .formatted(status)
              + " and /u/ pass";
    } else if (status == 502 || status == 503 || status == 504) {
      text =
          "the proxy answers %d; it does not reach port %d of this server, so correct its upstream"
              .formatted(status, server.own().port());
    } else {
      text =
          "what answers (status %d) is not this server; correct what serves that address"
              .formatted(status);
    }
    findings.bad(WHAT, base + ": " + text);
  }

  /** The path of a redirect may be the link. */
  private static String origin(String location) {
    try {
      HttpUrl url = HttpUrl.parse(location);
      return " to %s://%s".formatted(url.scheme(), url.shownHost());
    } catch (BadLink relative) {
      return "";
    }
  }

  private void range(WebCall call, String range) throws IOException {
    String wanted = "bytes %d-%d/%d".formatted(FIRST, FIRST + BYTES - 1, SelfCheck.LENGTH);
    String seen = call.header(SelfCheck.SEEN_RANGE).orElse(SelfCheck.NONE);
    if (!seen.equals(range)) {
      findings.bad(
          PROXY,
          "the proxy removes or changes the Range header field; let it pass, or players cannot seek");
      return;
    }
    boolean isWhole =
        call.status() == PARTIAL
            && call.header("Content-Range").filter(wanted::equals).isPresent()
            && isRight(call.read(BYTES + 1));
    findings.say(
        isWhole,
        PROXY,
        isWhole
            ? "a range of a film arrives as sent"
            : "the proxy changes the response to a range (status %d); turn off its cache and compression"
                    .formatted(call.status())
                + " for this address");
  }

  private static boolean isRight(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != SelfCheck.at(FIRST + i)) {
        return false;
      }
    }
    return bytes.length == BYTES;
  }

  private void client(WebCall call) {
    String client = call.header(SelfCheck.SEEN_CLIENT).orElse("");
    if (client.startsWith(SelfCheck.HIDDEN)) {
      String proxy = client.substring(SelfCheck.HIDDEN.length());
      findings.note(
          PROXY,
          "%s forwards the addresses of players but is not trusted, so all count as strangers; set"
                  .formatted(proxy)
              + " TRUSTED_PROXIES="
              + proxy);
    }
  }

  /** A pause of an hour cannot be tried; what is known of the proxy is said. */
  private void idle(WebCall call) {
    String proxy = call.header("Server").or(() -> call.header("Via")).orElse("");
    String name = proxy.toLowerCase(Locale.ROOT);
    if (name.contains("nginx") || name.contains("openresty")) {
      findings.note(
          PROXY,
          "nginx ends a connection after 60 s without a byte, as in a pause, unless"
              + " proxy_read_timeout and send_timeout are longer; set both to 1h");
    } else if (name.contains("apache")) {
      findings.note(
          PROXY,
          "Apache ends a connection after 60 s without a byte, as in a pause, unless Timeout and"
              + " ProxyTimeout are longer; set both to 3600");
    }
  }

  private void ahead() throws BadLink {
    Optional<Boolean> isBuffered = new ReadAheadCheck(server).isBuffered(place, base.path());
    isBuffered.ifPresent(isIt ->
        findings.say(
            !isIt,
            PROXY,
            isIt
                ? "the proxy reads a film ahead of its player, which costs disk or memory and delays seeks;"
                    + " turn its buffering off (nginx: proxy_buffering off)"
                : "a film is passed on as it is read, not buffered"));
  }
}
