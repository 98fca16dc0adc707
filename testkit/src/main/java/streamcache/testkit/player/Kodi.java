package streamcache.testkit.player;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Kodi with its full user interface, on a virtual display, controlled through JSON-RPC. Has a home
 * of its own, which is deleted with it. Owned by one thread.
 */
public final class Kodi implements AutoCloseable {

  /** Several times what it needs on two busy cores. */
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(200);
  private static final String FAILED = "Window.IsActive(okdialog)";
  private static final int VIDEO_PLAYER = 1;

  /** No sound card, and no announcement on the local network. */
  private static final String SETTINGS =
      """
      <settings version="2">
        <setting id="services.webserver">false</setting>
        <setting id="services.esenabled">true</setting>
        <setting id="services.esallinterfaces">false</setting>
        <setting id="services.zeroconf">false</setting>
        <setting id="services.upnp">false</setting>
        <setting id="general.addonupdates">2</setting>
        <setting id="audiooutput.audiodevice">NULL:NULL</setting>
      </settings>
      """;

  private final Path home;
  private final Process display;
  private final Process process;
  private final JsonRpc rpc;

  private Kodi(Path home, Process display, Process process, JsonRpc rpc) {
    this.home = home;
    this.display = display;
    this.process = process;
    this.rpc = rpc;
  }

  public static boolean isPresent() {
    return Tool.KODI.isPresent() && Tool.XVFB.isPresent();
  }

  /** Returns the message for the test log. */
  public static String missing() {
    return (Tool.KODI.isPresent() ? Tool.XVFB : Tool.KODI).missing();
  }

  /** Starts it; returns when it shows its first screen. */
  public static Kodi start() throws IOException {
    Path home = Files.createTempDirectory("kodi");
    int port = freePort();
    Path data = Files.createDirectories(home.resolve(".kodi/userdata"));
    Files.writeString(data.resolve("guisettings.xml"), SETTINGS);
    Files.writeString(
        data.resolve("advancedsettings.xml"),
        """
        <advancedsettings version="1.0">
          <jsonrpc><tcpport>%d</tcpport></jsonrpc>
        </advancedsettings>
        """
            .formatted(port));
    Process display =
        new ProcessBuilder(
                Tool.XVFB.program(),
                "-displayfd",
                "1",
                "-screen",
                "0",
                "640x360x24",
                "-nolisten",
                "tcp")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<Process> started = new ArrayList<>(List.of(display));
    try {
      Process process = program(home, displayNumber(display)).start();
      started.add(process);
      JsonRpc rpc = connect(process, port);
      Kodi kodi = new Kodi(home, display, process, rpc);
      kodi.awaitTrue("Window.IsActive(home)");
      return kodi;
    } catch (IOException | RuntimeException | Error e) {
      end(home, started);
      throw e;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static String displayNumber(Process display) throws IOException {
    BufferedReader output = display.inputReader();
    String number = output.readLine();
    if (number == null) {
      throw new AssertionError("Xvfb did not start");
    }
    return number.strip();
  }

  private static ProcessBuilder program(Path home, String display) {
    ProcessBuilder program =
        new ProcessBuilder(Tool.KODI.program(), "--standalone", "--windowing=x11")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Map<String, String> environment = program.environment();
    environment.keySet().retainAll(List.of("PATH", "LANG"));
    environment.put("HOME", home.toString());
    environment.put("DISPLAY", ":" + display);
    environment.put("LIBGL_ALWAYS_SOFTWARE", "1");
    return program;
  }

  /** It does not report when it starts to listen. */
  private static JsonRpc connect(Process process, int port) throws IOException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      try {
        return new JsonRpc(port);
      } catch (IOException e) {
        if (System.nanoTime() > end || hasEnded(process)) {
          throw e;
        }
      }
    }
  }

  private static boolean hasEnded(Process process) {
    try {
      return process.waitFor(BETWEEN_QUESTIONS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Opens a film; returns when it plays.
   *
   * @throws AssertionError if it shows "Playback failed", or nothing
   */
  public void play(String url) throws IOException {
    rpc.clear();
    rpc.call("Player.Open", Map.of("item", Map.of("file", url)));
    await("Player.OnAVStart");
  }

  /** Seeks in the film that plays; returns when it plays from there. */
  public void seek(Duration to) throws IOException {
    rpc.clear();
    Map<String, Object> time =
        Map.of(
            "hours", to.toHoursPart(),
            "minutes", to.toMinutesPart(),
            "seconds", to.toSecondsPart(),
            "milliseconds", 0);
    rpc.call("Player.Seek", Map.of("playerid", VIDEO_PLAYER, "value", Map.of("time", time)));
    await("Player.OnSeek");
    long end = System.nanoTime() + LIMIT.toNanos();
    Duration at = position();
    while (at.compareTo(to.plusSeconds(1)) < 0 || at.compareTo(to.plusMinutes(2)) > 0) {
      expectNoFailure();
      if (System.nanoTime() > end || hasEnded(process)) {
        throw new AssertionError("Kodi does not play at " + to + " but at " + at + "\n" + log());
      }
      at = position();
    }
    expectNoFailure();
  }

  /** Returns the playback position. */
  public Duration position() throws IOException {
    return time("time");
  }

  /** Returns the length of the film that plays. */
  public Duration duration() throws IOException {
    return time("totaltime");
  }

  private Duration time(String property) throws IOException {
    JsonNode time =
        rpc.call(
                "Player.GetProperties",
                Map.of("playerid", VIDEO_PLAYER, "properties", List.of(property)))
            .get(property);
    return Duration.ofHours(time.get("hours").asInt())
        .plusMinutes(time.get("minutes").asInt())
        .plusSeconds(time.get("seconds").asInt())
        .plusMillis(time.get("milliseconds").asInt());
  }

  /** Stops the film, which closes its connections; Kodi keeps running. */
  public void stop() throws IOException {
    rpc.clear();
    rpc.call("Player.Stop", Map.of("playerid", VIDEO_PLAYER));
    await("Player.OnStop");
  }

  /** Waits for a notification from Kodi; a failure appears only in a dialogue. */
  private void await(String notification) throws IOException {
    List<String> heard = new ArrayList<>();
    long end = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < end) {
      JsonNode next = rpc.next(BETWEEN_QUESTIONS);
      if (next == null) {
        expectNoFailure();
      } else if (next.path("method").asString().equals(notification)) {
        return;
      } else {
        heard.add(next.toString());
      }
    }
    throw new AssertionError("Kodi did not say " + notification + " but " + heard + "\n" + log());
  }

  private void expectNoFailure() throws IOException {
    if (isTrue(FAILED)) {
      rpc.call("Input.Back", Map.of());
      throw new AssertionError("Kodi shows \"Playback failed\"\n" + log());
    }
  }

  private boolean isTrue(String condition) throws IOException {
    return rpc.call("XBMC.GetInfoBooleans", Map.of("booleans", List.of(condition)))
        .get(condition)
        .asBoolean();
  }

  private void awaitTrue(String condition) throws IOException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!isTrue(condition)) {
      if (System.nanoTime() > end || hasEnded(process)) {
        throw new AssertionError("never came true: " + condition + "\n" + log());
      }
    }
  }

  /** Returns the tail of what Kodi has logged since its start. */
  public String log() throws IOException {
    List<String> lines = Files.readAllLines(home.resolve(".kodi/temp/kodi.log"));
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
  }

  @Override
  public void close() throws IOException {
    rpc.close();
    end(home, List.of(process, display));
  }

  private static void end(Path home, List<Process> processes) throws IOException {
    List<ProcessHandle> all = new ArrayList<>();
    for (Process process : processes) {
      all.addAll(process.descendants().toList());
      all.add(process.toHandle());
    }
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(handle -> handle.onExit().join());
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
