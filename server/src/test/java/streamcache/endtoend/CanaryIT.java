package streamcache.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.testkit.Answer;
import streamcache.testkit.Content;
import streamcache.testkit.Cut;
import streamcache.testkit.RawClient;
import streamcache.testkit.RecordedRequest;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.process.Run;

/**
 * Passwords in every part of a URL and of a provider response: none of them appears in anything
 * that the process writes or sends, whether requests succeed or fail.
 */
final class CanaryIT {

  private static final Content FILM = Content.of(13, 600_000);
  private static final String USER = Canary.of("user");
  private static final String PASSWORD = Canary.of("pass");

  @TempDir Path folder;

  private final ScriptedOrigin origin = ScriptedOrigin.start();

  /** Everything written or sent, by source; {@link #keep} adds to it from several threads. */
  private final Map<String, byte[]> seen = new LinkedHashMap<>();

  @Test
  void canary_inAnyForm_isFound() {
    for (String text :
        new String[] {
          USER,
          USER.toUpperCase(java.util.Locale.ROOT),
          Canary.escaped("x"),
          Canary.escaped("x").replace("%", "%25"),
          Canary.base64("x"),
          Base64.getEncoder().encodeToString(("a" + USER).getBytes(UTF_8)),
          Base64.getUrlEncoder().encodeToString(("ab" + USER).getBytes(UTF_8)),
          "7a713763616e61727978",
        }) {
      assertThat(Canary.findIn("...\n" + text + "!")).as(text).isPresent();
    }
    assertThat(Canary.findIn("another canary")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void secrets_inEveryPlace_areNowhereToBeSeen(String logFormat) throws Exception {
    Map<String, String> settings = new HashMap<>(othersToTell());
    settings.putAll(Map.of("LOG_VERBOSE", "1", "LOG_FORMAT", logFormat, "FIRST_BYTE_WITHIN", "2s"));
    List<String> urls = new ArrayList<>(films());
    urls.addAll(failures());
    try (Product product = Product.start(folder, settings)) {
      failBeforeTheOthers(product, gone(urls));
      playAll(product, urls);
      product.process().terminate();
      keep("output", product.process().output());
    }
    keepFiles("first run");
    try (Product again = Product.start(folder, settings)) {
      playAll(again, urls);
      askOddly(again);
      new ApiProbe(again.address(), this::answered).askEverything();
      commands(urls, settings, again);
      keep("metrics", again.metrics());
      again.process().kill9();
      keep("output after a restart", again.process().output());
    }
    keepFiles("second run");
    assertSeeded();
    assertNothingLeaked();
    origin.close();
  }

  /** A Seerr and a webhook with secrets in their settings and in their responses. */
  private Map<String, String> othersToTell() {
    String said = Canary.of("seerrsaid");
    origin.serve("/seerr/api/v1/status", json(200, "{\"version\":\"" + said + "\"}"));
    origin.serve("/seerr/api/v1/auth/me", json(200, "{\"id\":1,\"displayName\":\"" + said + "\"}"));
    for (String kind : List.of("movie", "tv")) {
      origin.serve("/seerr/api/v1/" + kind + "/603", json(400, "{\"message\":\"" + said + "\"}"));
    }
    origin.serve("/hook/" + PASSWORD, json(500, said));
    return Map.of(
        "SEERR_URL", origin.url("/seerr"),
        "SEERR_API_KEY", Canary.of("seerrkey"),
        "WEBHOOK_URL", origin.url("/hook/" + PASSWORD) + "?token=" + Canary.of("hook"),
        "WEBHOOK_SECRET", Canary.of("hooksecret"),
        "ADMIN_TOKEN", Canary.of("admin"));
  }

  private static Script json(int status, String body) {
    return Script.status(status, "application/json", body);
  }

  /** One film for each part of a URL and for each spelling of it. */
  private List<String> films() {
    List<String> urls = new ArrayList<>();
    urls.add(film("/movie/" + USER + "/" + PASSWORD + "/1.mkv"));
    urls.add(film("/movie/" + Canary.escaped("user") + "/" + Canary.escaped("pass") + "/2.mkv"));
    urls.add(film("/" + USER + "/" + PASSWORD + "/1234.ts"));
    urls.add(film("/userinfo.mkv").replace("://", "://" + USER + ":" + PASSWORD + "@"));
    urls.add(film("/escaped.mkv").replace("://", "://u:" + Canary.escaped("pass") + "@"));
    urls.add(film("/query.mkv") + "?token=" + Canary.of("token") + "&x=" + Canary.escaped("x"));
    urls.add(film("/base64.mkv") + "?auth=" + Canary.base64("auth"));
    urls.add(film("/" + PASSWORD + ".mkv") + "?password=" + PASSWORD);
    urls.add(film("/film.mkv;token=" + Canary.of("matrix")));
    urls.add(
        film("/kodi.mkv")
            + "|Cookie=session="
            + Canary.of("cookie")
            + "&Authorization=Bearer%20"
            + Canary.of("bearer")
            + "&Referer=http://h/%3Ftoken="
            + Canary.of("referer"));
    urls.add(named("plain", name -> "attachment; filename=\"" + name + ".mkv\""));
    urls.add(named("parameter", _ -> "attachment; filename=\"a.mkv?token=" + PASSWORD + "\""));
    urls.add(
        named("extended", _ -> "attachment; filename*=UTF-8''" + Canary.escaped("pass") + ".mkv"));
    urls.add(named("inbase64", _ -> "attachment; filename=\"" + Canary.base64("pass") + ".mkv\""));
    urls.add(redirected());
    return urls;
  }

  private String film(String path) {
    origin.serve(path, Script.of(FILM).header("Set-Cookie", "id=" + Canary.of("setcookie")));
    return origin.url(path);
  }

  /** A provider that puts the account in the file name. */
  private String named(String place, UnaryOperator<String> disposition) {
    String path = "/movie/" + USER + "/" + PASSWORD + "/" + place + ".mkv";
    origin.serve(
        path,
        Script.of(FILM).header("Content-Disposition", disposition.apply(USER + " " + PASSWORD)));
    return origin.url(path);
  }

  private String redirected() {
    String target = "/cdn/" + Canary.of("target") + "/" + Canary.of("targetname");
    origin.serve(target, Script.of(FILM).type(null));
    String location =
        origin.url(target).replace("://", "://" + USER + ":" + Canary.of("hop") + "@")
            + "?sig="
            + Canary.of("sig");
    origin.serve(
        "/jump.mkv",
        Script.redirect(location).header("Set-Cookie", "hop=" + Canary.of("hopcookie")));
    return origin.url("/jump.mkv");
  }

  /** Every kind of failure, with secrets in the URL and in the provider response. */
  private List<String> failures() {
    String secret = Canary.of("said");
    Map<String, Script> scripts = new LinkedHashMap<>();
    scripts.put("gone", Script.status(404, "text/plain", secret));
    scripts.put("denied", Script.status(401).header("WWW-Authenticate", secret));
    scripts.put("broken", Script.status(500, "text/html", "<p>" + secret));
    scripts.put("busy", Script.status(503).header("Retry-After", secret));
    scripts.put("fake", Script.status(200, "text/html", "<html>" + secret + "</html>"));
    scripts.put("elsewhere", Script.redirect("ftp://" + USER + ":" + secret + "@h/" + secret));
    scripts.put("nowhere", Script.redirect("http://[" + secret + "/"));
    scripts.put("loop", Script.redirect("/loop/" + PASSWORD + "?token=" + Canary.of("token")));
    scripts.put("unreachable", Script.redirect("http://u:" + secret + "@127.0.0.1:1/" + secret));
    scripts.put("nohost", Script.redirect("http://no.such.host.invalid/" + secret));
    scripts.put("badhead", Script.of(FILM).rawHead(head -> head.replace("HTTP/1.1 2", secret)));
    scripts.put("badlength", Script.of(FILM).header("Content-Length", secret));
    scripts.put("badrange", Script.of(FILM).header("Content-Range", "bytes " + secret));
    scripts.put("type", Script.of(FILM).type("video/mp4; token=" + secret));
    scripts.put("cut", Script.of(FILM).cutAfter(200_000, Cut.RESET));
    List<String> urls = new ArrayList<>();
    // The panel is queried about this film, with user and password in the query.
    urls.add(origin.url("/movie/" + USER + "/" + PASSWORD + "/4711.mkv"));
    origin.serve("/movie/" + USER + "/" + PASSWORD + "/4711.mkv", Script.status(404));
    origin.serve("/player_api.php", json(200, "{\"info\":{\"tmdb_id\":\"" + secret + "\"}}"));
    scripts.forEach((name, script) -> {
      origin.serve("/" + name + "/" + PASSWORD, script);
      urls.add(
          origin
                  .url("/" + name + "/" + PASSWORD)
                  .replace("://", "://" + USER + ":" + PASSWORD + "@")
              + "?token="
              + Canary.of("token"));
    });
    return urls;
  }

  /** Plays this title first and alone: later its account may stay in use until the process ends. */
  private void failBeforeTheOthers(Product product, String gone) throws IOException {
    play(product, gone);
    product.process().awaitLine(Pattern.compile("Seerr answered with status 400"));
    product.process().awaitLine(Pattern.compile("webhook-unavailable"));
  }

  private static String gone(List<String> urls) {
    return urls.stream().filter(url -> url.contains("/gone/")).findFirst().orElseThrow();
  }

  /** Plays all at the same time, since most of the time is spent waiting for failures. */
  private void playAll(Product product, List<String> urls) throws Exception {
    try (ExecutorService players = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Void>> plays = new ArrayList<>();
      for (String url : urls) {
        plays.add(() -> {
          play(product, url);
          return null;
        });
      }
      for (Future<Void> played : players.invokeAll(plays)) {
        played.get();
      }
    }
  }

  private void play(Product product, String url) throws IOException {
    String link = product.link(url);
    String name = "/" + wordIn(url) + ".mkv";
    answered(RawClient.get(product.address(), link + name, "Range: bytes=9-"));
    answered(RawClient.head(product.address(), link));
    for (String accept : new String[] {"text/html", "application/json", "*/*"}) {
      answered(
          RawClient.get(
              product.address(),
              link + "/Film.mkv?tmdb=603&token=" + Canary.of("ourquery"),
              "Accept: " + accept,
              "Range: bytes=0-",
              "User-Agent: Player",
              "Cookie: a=" + Canary.of("players"),
              "Authorization: Basic " + Canary.base64("players")));
    }
  }

  /** A name after the link, as a careless tool would take it from the URL. */
  private static String wordIn(String url) {
    Matcher word = Pattern.compile(Canary.of("") + "\\w+").matcher(Canary.unescaped(url));
    return word.find() ? word.group() : "Film";
  }

  /** Requests that are refused before playback, or that are not playback requests. */
  private void askOddly(Product product) throws IOException {
    String secret = Canary.of("odd");
    String link = product.link(film("/odd.mkv") + "?token=" + secret);
    for (String target :
        new String[] {
          "/" + secret,
          "/healthz?" + secret,
          "/u/" + Canary.base64("odd"),
          "/u/" + secret + "/" + secret,
          "/u/" + new streamcache.link.LinkCodec().encode("ftp://u:" + secret + "@h/"),
          "/u/" + new streamcache.link.LinkCodec().encode("http://u:" + secret + "@a b/"),
          "/s/k" + secret + "/u/" + secret,
          "/e/k" + secret + "/" + secret + ".mkv",
          "http://" + secret + "@h/" + secret,
        }) {
      for (String accept : new String[] {"text/html", "application/json", "*/*"}) {
        answered(RawClient.get(product.address(), target, "Accept: " + accept));
      }
    }
    answered(RawClient.get(product.address(), link, "X-Forwarded-For: 8.8.8.8"));
    answered(RawClient.get(product.address(), link, "Sec-Fetch-Site: cross-site"));
    answered(RawClient.get(product.address(), "/metrics", "X-Forwarded-For: " + secret));
    answered(RawClient.exchange(product.address(), "DELETE", link));
    answered(RawClient.exchange(product.address(), secret, link));
  }

  private void commands(List<String> urls, Map<String, String> settings, Product product) {
    ran(Product.run(folder, settings, "config"));
    ran(Product.run(folder, settings, "key"));
    ran(Product.run(folder, settings, "seerr"));
    String film = urls.getFirst();
    for (String url : new String[] {film, gone(urls), urls.get(9)}) {
      Run sealed = Product.run(folder, settings, "link", url);
      assertThat(sealed.exitCode()).as(sealed.err()).isZero();
      ran(sealed);
      ran(Product.run(folder, settings, "link", "--open", sealed.out().strip()));
      ran(Product.run(folder, settings, "link", "--open", "http://h" + product.link(url)));
      ran(Product.run(folder, settings, "doctor", sealed.out().strip()));
      ran(Product.run(folder, settings, "doctor", url));
    }
    String bad = "ftp://" + USER + ":" + PASSWORD + "@h/" + PASSWORD;
    ran(Product.run(folder, settings, "link", bad));
    ran(Product.run(folder, settings, "link", film, film));
    ran(Product.run(folder, settings, "serve", film));
    ran(Product.run(folder, Map.of("BASE_URL", bad, "PORT", bad, "BIND", bad), "config"));
    ran(Product.run(folder, Map.of("ADMIN_TOKEN", PASSWORD), "config"));
  }

  private void answered(Answer answer) {
    boolean isFilm = answer.status() / 100 == 2 && answer.body().length > 100_000;
    keep("answer", answer.headers() + (isFilm ? "" : answer.text()));
  }

  private void ran(Run run) {
    keep("command " + run.command().getLast(), run.out() + run.err());
  }

  private synchronized void keep(String where, String text) {
    seen.put(where + " #" + seen.size(), text.getBytes(UTF_8));
  }

  private void keepFiles(String when) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        keep(when + " name", folder.relativize(file).toString());
        if (!file.getFileName().toString().equals("secret.key")) {
          seen.put(when + " " + file + " #" + seen.size(), Files.readAllBytes(file));
        }
      }
    }
  }

  /** Without this check, a mistake in the test would look like a success. */
  private void assertSeeded() {
    String asked = origin.requests().stream().map(CanaryIT::text).collect(Collectors.joining());
    for (String place :
        List.of(
            "user",
            "token",
            "matrix",
            "cookie",
            "bearer",
            "referer",
            "target",
            "sig",
            "seerrkey",
            "hook")) {
      assertThat(asked.contains(Canary.of(place))).as(place + " reached the provider").isTrue();
    }
    String all = seen.values().stream().map(CanaryIT::text).collect(Collectors.joining());
    for (String word :
        List.of(
            "playback",
            "title-failed",
            "request-rejected",
            "original:",
            "streamcache_requests",
            "The provider no longer has this title",
            "OK    provider",
            "OK    Seerr",
            "FIX   webhook",
            "Seerr answered with status 400",
            "webhook-unavailable",
            "unsigned-link")) {
      assertThat(all.contains(word)).as(word + " was written").isTrue();
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  private static String text(RecordedRequest request) {
    return request.target() + request.headers();
  }

  private void assertNothingLeaked() {
    List<String> finds = new ArrayList<>();
    seen.forEach((where, bytes) ->
        Canary.findIn(bytes)
            .or(() -> Canary.findIn(where.startsWith("command") ? "" : where))
            .ifPresent(find -> finds.add(where + ": ..." + find + "...")));
    if (!finds.isEmpty()) {
      fail(
          finds.size()
              + " finds, such as\n"
              + String.join("\n", finds.subList(0, Math.min(20, finds.size()))));
    }
  }
}
