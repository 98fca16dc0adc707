package streamcache.testkit.player;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Headless Chromium with one page in which scripts are run. Owned by one thread; each instance has
 * a profile of its own, which is deleted with it.
 */
public final class Chromium implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Pattern LISTENS = Pattern.compile("DevTools listening on (ws://\\S+)");

  /** Without the last flag it tries to reach the Internet at every start. */
  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--mute-audio",
          "--autoplay-policy=no-user-gesture-required",
          "--window-size=1280,720",
          "--hide-scrollbars",
          "--remote-debugging-port=0",
          "--disable-dev-shm-usage",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final Process process;
  private final Path profile;
  private final DevTools tools;

  private Chromium(Process process, Path profile, DevTools tools) {
    this.process = process;
    this.profile = profile;
    this.tools = tools;
  }

  /** Starts it with an empty page. */
  public static Chromium start() throws IOException {
    Path profile = Files.createTempDirectory("chromium");
    List<String> command = new ArrayList<>(List.of(Tool.CHROMIUM.program()));
    command.addAll(FLAGS);
    command.add("--user-data-dir=" + profile);
    command.add("about:blank");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    try {
      DevTools tools = new DevTools(awaitAddress(process));
      tools.attach(page(tools));
      tools.call("Page.enable", Map.of());
      return new Chromium(process, profile, tools);
    } catch (RuntimeException | Error e) {
      end(process, profile);
      throw e;
    }
  }

  /** Opens an address; returns when the page and all its resources are loaded. */
  public void open(String url) {
    CompletableFuture<JsonNode> loaded = tools.expect("Page.loadEventFired");
    JsonNode answer = tools.call("Page.navigate", Map.of("url", url));
    if (answer.has("errorText")) {
      throw new AssertionError(url + ": " + answer.get("errorText").asString());
    }
    DevTools.await(loaded, "load of " + url);
  }

  /** Shows a page of this text, with the origin of the previous page. */
  public void show(String html) {
    String frame = tools.call("Page.getFrameTree", Map.of()).at("/frameTree/frame/id").asString();
    CompletableFuture<JsonNode> loaded = tools.expect("Page.loadEventFired");
    tools.call("Page.setDocumentContent", Map.of("frameId", frame, "html", html));
    DevTools.await(loaded, "load of a text");
  }

  /**
   * Runs a script in the page and waits for its value; a promise is awaited.
   *
   * @return the value as text
   * @throws AssertionError if the script throws
   */
  public String evaluate(String script) {
    JsonNode answer =
        tools.call(
            "Runtime.evaluate",
            Map.of("expression", script, "awaitPromise", true, "returnByValue", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(answer.get("exceptionDetails").toString());
    }
    JsonNode value = answer.path("result").path("value");
    return value.isString() ? value.asString() : value.toString();
  }

  /** Returns a screenshot of the page, as PNG. */
  public byte[] screenshot() {
    JsonNode answer = tools.call("Page.captureScreenshot", Map.of("format", "png"));
    return Base64.getDecoder().decode(answer.get("data").asString());
  }

  @Override
  public void close() throws IOException {
    tools.close();
    end(process, profile);
  }

  private static String page(DevTools tools) {
    for (JsonNode target : tools.call("Target.getTargets", Map.of()).get("targetInfos")) {
      if (target.get("type").asString().equals("page")) {
        return target.get("targetId").asString();
      }
    }
    throw new AssertionError("Chromium has no page");
  }

  private static String awaitAddress(Process process) {
    CompletableFuture<String> address = new CompletableFuture<>();
    BufferedReader output = process.inputReader();
    Thread.ofVirtual().start(() -> drain(output, address));
    return address.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
  }

  private static void drain(BufferedReader output, CompletableFuture<String> address) {
    StringBuilder said = new StringBuilder();
    try {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        Matcher listens = LISTENS.matcher(line);
        if (listens.find()) {
          address.complete(listens.group(1));
        }
        if (!address.isDone()) {
          said.append(line).append('\n');
        }
      }
    } catch (IOException | UncheckedIOException _) {
      // The process was terminated.
    }
    address.completeExceptionally(new AssertionError("Chromium did not start:\n" + said));
  }

  private static void end(Process process, Path profile) throws IOException {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(handle -> handle.onExit().join());
    try (Stream<Path> files = Files.walk(profile)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
