package streamcache.testkit.player;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import streamcache.testkit.process.Run;

/**
 * mpv without a screen: one-shot runs with an exit code (0 good, 2 cannot open, 3 a file failed),
 * and a session controlled through its socket for seeks and reopening. Owned by one thread.
 */
public final class Mpv implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<String> HEADLESS =
      List.of(
          Tool.MPV.program(),
          "--no-config",
          "--ytdl=no",
          "--vo=null",
          "--ao=null",
          "--msg-level=all=warn");

  private final Process process;
  private final Path folder;
  private final SocketChannel socket;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private Mpv(Process process, Path folder, SocketChannel socket) {
    this.process = process;
    this.folder = folder;
    this.socket = socket;
  }

  /** Plays a range in real time. */
  public static Run play(String url, Duration start, Duration length) {
    List<String> command = new ArrayList<>(HEADLESS);
    command.add("--no-terminal");
    command.add("--start=" + start.toMillis() / 1000.0);
    command.add("--length=" + length.toMillis() / 1000.0);
    command.add(url);
    return Run.of(LIMIT.plus(length), command);
  }

  /** Starts an idle player that waits for {@link #open}. */
  public static Mpv session() throws IOException {
    Path folder = Files.createTempDirectory("mpv");
    Path path = folder.resolve("ipc");
    List<String> command = new ArrayList<>(HEADLESS);
    command.addAll(List.of("--idle=yes", "--input-ipc-server=" + path));
    command.add("--msg-level=ipc=v");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    try {
      awaitListening(process);
      SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
      socket.connect(UnixDomainSocketAddress.of(path));
      Mpv mpv = new Mpv(process, folder, socket);
      Thread.ofVirtual().start(mpv::readLines);
      return mpv;
    } catch (IOException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /** Opens a film in place of the one playing; returns when it plays. */
  public void open(String url) throws IOException {
    lines.clear();
    send("{\"command\":[\"loadfile\",\"" + url + "\"]}");
    awaitEvent("playback-restart");
  }

  /** Seeks; returns when it plays from there. */
  public void seek(Duration to) throws IOException {
    lines.clear();
    send("{\"command\":[\"seek\"," + to.toMillis() / 1000.0 + ",\"absolute\"]}");
    awaitEvent("playback-restart");
  }

  /** Stops the film, which closes its connections; the player keeps running. */
  public void stop() throws IOException {
    lines.clear();
    send("{\"command\":[\"stop\"]}");
    awaitEvent("end-file");
  }

  /** Returns the playback position in seconds. */
  public double position() throws IOException {
    lines.clear();
    send("{\"command\":[\"get_property\",\"time-pos\"],\"request_id\":77}");
    String line = awaitLine("\"request_id\":77", "\u0000");
    return Double.parseDouble(line.replaceFirst(".*\"data\":([-0-9.]+).*", "$1"));
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    process.onExit().join();
    socket.close();
    Files.deleteIfExists(folder.resolve("ipc"));
    Files.deleteIfExists(folder);
  }

  private void send(String json) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((json + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      socket.write(bytes);
    }
  }

  private void awaitEvent(String name) {
    awaitLine("\"event\":\"" + name + "\"", "\"reason\":\"error\"");
  }

  private String awaitLine(String wanted, String failure) {
    try {
      while (true) {
        String line = lines.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
        if (line == null || line.contains(failure)) {
          throw new AssertionError("mpv did not say " + wanted + " but " + line);
        }
        if (line.contains(wanted)) {
          return line;
        }
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void readLines() {
    try (BufferedReader reader =
        new BufferedReader(Channels.newReader(socket, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (IOException _) {
      // The player is gone; a caller that waits for a line fails by its time-out.
    }
  }

  /** Waits for the line that reports it, then continues to drain in the background. */
  private static void awaitListening(Process process) throws IOException {
    CompletableFuture<Boolean> listening = new CompletableFuture<>();
    BufferedReader output = process.inputReader();
    Thread.ofVirtual().start(() -> drain(output, listening));
    try {
      if (!listening.get(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException("mpv ended at once");
      }
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      throw new IOException("mpv does not listen", e);
    }
  }

  private static void drain(BufferedReader output, CompletableFuture<Boolean> listening) {
    try {
      output
          .lines()
          .filter(line -> line.contains("Listening to IPC"))
          .forEach(_ -> listening.complete(true));
    } catch (UncheckedIOException _) {
      // Closed with the player.
    }
    listening.complete(false);
  }
}
