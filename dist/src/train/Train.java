import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Creates the AOT cache of a built distribution: starts its server, plays titles from a small
 * origin as players do, stops it with SIGTERM and leaves {@code aot/<digest>.aot} behind. Run by
 * the build as {@code java Train.java <distribution>}. A failure costs only start time, so it is
 * reported in one sentence and the build continues.
 */
final class Train {
  private static final Duration START_LIMIT = Duration.ofSeconds(30);

  /** The JVM assembles the cache while it exits. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(120);

  private static final int FILM_BYTES = 3 << 20;

  /**
   * The counts are such that the code of each way is compiled in the training. The cache then holds
   * its profiles, and the first viewers run compiled code.
   */
  private static final int SHORT_FILMS = 300;

  private static final int SHORT_BYTES = 200_000;
  private static final int PLAYERS = 8;
  private static final int RANGES_A_PLAYER = 3_000;
  private static final int PLAYS_A_PLAYER = 60;
  private static final int SHARED_FILMS = 20;
  private static final Pattern RANGE = Pattern.compile("(?im)^range: *bytes=(\\d+)-(\\d*)");
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final Path distribution;
  private final Path scratch;
  private final byte[] film = new byte[FILM_BYTES];
  private final HttpClient player =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Train(Path distribution, Path scratch) {
    this.distribution = distribution;
    this.scratch = scratch;
    for (int at = 0; at < film.length; at++) {
      film[at] = (byte) (at * 31 + (at >> 12));
    }
    byte[] matroska = HexFormat.of().parseHex("1a45dfa3934282886d6174726f736b61");
    System.arraycopy(matroska, 0, film, 0, matroska.length);
  }

  public static void main(String[] arguments) throws IOException {
    Path distribution = Path.of(arguments[0]).toAbsolutePath().normalize();
    Path scratch = Files.createTempDirectory("streamcache-train");
    try {
      Path cache = new Train(distribution, scratch).run();
      System.out.printf("AOT cache: %d MiB%n", Files.size(cache) >> 20);
    } catch (Exception failure) {
      delete(distribution.resolve("aot"));
      System.out.println(
          "AOT cache left out, starts take about half a second longer: " + failure.getMessage());
      Path log = scratch.resolve("log");
      if (Files.exists(log)) {
        List<String> lines = Files.readAllLines(log);
        lines.subList(Math.max(0, lines.size() - 20), lines.size()).forEach(System.out::println);
      }
    } finally {
      delete(scratch);
    }
    // The origin's threads may still block in accept.
    System.exit(0);
  }

  private Path run() throws Exception {
    Path folder = distribution.resolve("aot");
    delete(folder);
    String digest = digest();
    Path cache = Files.createDirectories(folder).resolve(digest + ".aot");
    try (ServerSocket origin = new ServerSocket(0, 50, LOOPBACK)) {
      Thread.ofVirtual().start(() -> serve(origin));
      int port = freePort();
      Process server = start(port, cache);
      try {
        play("http://127.0.0.1:" + port, origin.getLocalPort(), server);
        server.destroy();
        if (!server.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
          throw new IOException("the server did not stop within " + STOP_LIMIT.toSeconds() + " s");
        }
      } finally {
        server.destroyForcibly();
      }
    }
    if (!Files.exists(cache)) {
      throw new IOException("the virtual machine wrote none");
    }
    Files.writeString(folder.resolve("digest"), digest + "\n");
    proveUsable();
    return cache;
  }

  private Process start(int port, Path cache) throws IOException {
    ProcessBuilder command = launcher("serve");
    var settings = command.environment();
    settings.put("JAVA_OPTS", "-XX:AOTCacheOutput=" + cache + " -Xlog:aot*=error,cds*=error");
    settings.put("PORT", Integer.toString(port));
    settings.put("BIND", "127.0.0.1");
    settings.put("CACHE_DIR", scratch.resolve("cache").toString());
    settings.put("CONFIG_DIR", scratch.resolve("config").toString());
    settings.put("CACHE_MAX_BYTES", "64MiB");
    settings.put("CACHE_LOW_WATERMARK_BYTES", "60MiB");
    settings.put("CACHE_MIN_FREE_BYTES", "0");
    settings.put("EGRESS_ALLOW", "127.0.0.1");
    return command.start();
  }

  /**
   * Requests what one evening would: cold, from the store, a seek, a mistake, the pages; then the
   * same often enough.
   */
  private void play(String server, int originPort, Process process) throws Exception {
    awaitReady(server, process);
    String title = server + link("http://127.0.0.1:" + originPort + "/Film.mkv");
    ask("HEAD", title, "bytes=0-");
    byte[] cold = ask("GET", title, null).body();
    if (!MessageDigest.isEqual(cold, film)) {
      throw new IOException("the film came back with other bytes");
    }
    ask("GET", title, "bytes=0-");
    ask("GET", title, "bytes=" + (FILM_BYTES - 70_000) + "-");
    ask("GET", server + link("http://127.0.0.1:" + originPort + "/Seek.mkv"), "bytes=2000000-");
    String gone = server + link("http://127.0.0.1:" + originPort + "/gone");
    glance(gone);
    watch(gone);
    for (int i = 0; i < SHORT_FILMS; i++) {
      String film = server + link("http://127.0.0.1:" + originPort + "/short.mkv?" + i);
      ask("GET", film, null);
      for (int from = 0; from < SHORT_BYTES; from += SHORT_BYTES / 4) {
        ask("GET", film, "bytes=" + from + "-" + (from + 999));
      }
    }
    together(_ -> seekAbout(title));
    together(_ -> {
      for (int i = 0; i < PLAYS_A_PLAYER; i++) {
        skim(title, "bytes=0-");
      }
    });
    for (int i = 0; i < SHARED_FILMS; i++) {
      String shared = server + link("http://127.0.0.1:" + originPort + "/shared.mkv?" + i);
      together(_ -> skim(shared, "bytes=0-"));
    }
    for (String page : List.of("/", "/healthz", "/metrics", "/u/!!")) {
      glance(server + page);
    }
  }

  private interface Player {
    void play(int number) throws Exception;
  }

  /** Runs all players at the same time and waits for them. */
  private static void together(Player player) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> playing = new ArrayList<>();
      for (int i = 0; i < PLAYERS; i++) {
        int number = i;
        playing.add(
            threads.submit(
                () -> {
                  player.play(number);
                  return null;
                }));
      }
      for (Future<?> each : playing) {
        each.get();
      }
    }
  }

  /** Ranges of stored bytes, short ones and ones that are sent from the file. */
  private void seekAbout(String title) throws Exception {
    for (int i = 0; i < RANGES_A_PLAYER; i++) {
      int from = (int) (i * 7919L * 4096 % (FILM_BYTES - 65_536));
      skim(title, "bytes=" + from + "-" + (from + (i % 2 == 0 ? 1023 : 65_535)));
    }
  }

  /** Reads a response and keeps nothing of it. */
  private void skim(String url, String range) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Range", range)
            .timeout(Duration.ofSeconds(20))
            .build();
    try (InputStream body = player.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
      body.transferTo(OutputStream.nullOutputStream());
    }
  }

  /** The tests check the responses; here only the classes that a response loads matter. */
  private void glance(String url) throws Exception {
    try {
      ask("GET", url, null);
    } catch (IOException refused) {
      System.out.println("training went on without one page: " + refused.getMessage());
    }
  }

  /**
   * A player is shown why there is no film; its first bytes load the code that draws and encodes
   * them.
   */
  private void watch(String url) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("User-Agent", "VLC/3.0")
            .header("Range", "bytes=0-999")
            .timeout(Duration.ofSeconds(20))
            .build();
    player.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private void awaitReady(String server, Process process) throws Exception {
    long limit = System.nanoTime() + START_LIMIT.toNanos();
    while (true) {
      try {
        ask("GET", server + "/healthz", null);
        return;
      } catch (IOException notYet) {
        if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
          throw new IOException("the server ended with code " + process.exitValue());
        }
        if (System.nanoTime() > limit) {
          throw new IOException("the server did not answer within " + START_LIMIT.toSeconds() + " s");
        }
      }
    }
  }

  private HttpResponse<byte[]> ask(String method, String url, String range) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .timeout(Duration.ofSeconds(20));
    if (range != null) {
      request.header("Range", range);
    }
    return player.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String link(String url) {
    byte[] text = url.getBytes(StandardCharsets.UTF_8);
    return "/u/" + Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  /** A cache that exists may still be rejected, in which case the strict mode does not start. */
  private void proveUsable() throws Exception {
    ProcessBuilder command = launcher("--version");
    command.environment().put("JAVA_OPTS", "-XX:AOTMode=on");
    Process version = command.start();
    if (!version.waitFor(30, TimeUnit.SECONDS) || version.exitValue() != 0) {
      version.destroyForcibly();
      throw new IOException("the virtual machine does not accept it");
    }
  }

  private ProcessBuilder launcher(String argument) {
    var command = new ProcessBuilder(distribution.resolve("bin/streamcache").toString(), argument);
    command.redirectErrorStream(true).redirectOutput(scratch.resolve("log").toFile());
    command.environment().remove("STREAMCACHE_OPTS");
    return command;
  }

  /** Covers the jars, the flags, the launcher and the runtime, by name and content. */
  private String digest() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    List<Path> parts;
    try (Stream<Path> lib = Files.list(distribution.resolve("lib"))) {
      var others =
          Stream.of(
              distribution.resolve("bin/streamcache"), distribution.resolve("runtime/release"));
      parts = Stream.concat(lib.filter(Files::isRegularFile).sorted(), others).toList();
    }
    for (Path part : parts) {
      digest.update(part.getFileName().toString().getBytes(StandardCharsets.UTF_8));
      digest.update(Files.readAllBytes(part));
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 16);
  }

  private void serve(ServerSocket origin) {
    while (!origin.isClosed()) {
      try {
        Socket socket = origin.accept();
        Thread.ofVirtual().start(() -> answer(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void answer(Socket socket) {
    try (socket) {
      String head = head(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      if (head.contains(" /gone ")) {
        out.write(text("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        return;
      }
      Matcher range = RANGE.matcher(head);
      int length = head.contains(" /short.mkv") ? SHORT_BYTES : film.length;
      boolean partial = range.find();
      int from = partial ? Integer.parseInt(range.group(1)) : 0;
      int to =
          partial && !range.group(2).isEmpty()
              ? Math.min(length, Integer.parseInt(range.group(2)) + 1)
              : length;
      String status =
          partial
              ? "206 Partial Content\r\nContent-Range: bytes %d-%d/%d"
                  .formatted(from, to - 1, length)
              : "200 OK";
      out.write(
          text(
              "HTTP/1.1 %s\r\nContent-Length: %d\r\nContent-Type: video/x-matroska\r\n"
                      .formatted(status, to - from)
                  + "ETag: \"train\"\r\nAccept-Ranges: bytes\r\nConnection: close\r\n\r\n"));
      if (!head.startsWith("HEAD")) {
        send(out, from, to, /* slowly= */ head.contains(" /shared.mkv"));
      }
    } catch (IOException playerGone) {
      // The server may close the connection once it has what it needs.
    }
  }

  /** Slowly: so that all who watch have to wait for each piece. */
  private void send(OutputStream out, int from, int to, boolean slowly) throws IOException {
    int piece = slowly ? 65_536 : to - from;
    for (int at = from; at < to; at += piece) {
      out.write(film, at, Math.min(piece, to - at));
      if (slowly) {
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  private static String head(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed before the end of the head");
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, LOOPBACK)) {
      return probe.getLocalPort();
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
