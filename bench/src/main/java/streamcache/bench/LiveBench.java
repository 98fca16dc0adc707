package streamcache.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import streamcache.testkit.Cut;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.live.ChannelPacket;
import streamcache.testkit.live.ChannelViewer;
import streamcache.testkit.live.TestChannel;
import streamcache.testkit.process.ServerProcess;

/**
 * Four viewers of a channel of 1 MB/s whose link does not say what it is: taken for a file for a
 * minute, then for a broadcast. The provider cuts it every five minutes. Started by {@code
 * bench/live}; ends with an error when a promise is broken.
 */
public final class LiveBench {

  private static final Pattern LISTENS = Pattern.compile("listens on http://\\S+:(\\d+)/");
  private static final String PATH = "/watch.ts";
  private static final int VIEWERS = 4;

  /** Packets are aired this often, as an encoder does. */
  private static final Duration STEP = Duration.ofMillis(20);

  private static final int STEPS_A_MINUTE = 60 * 50;
  private static final int MINUTES_TO_CUT = 5;

  private LiveBench() {}

  /** Takes the folder of the distribution and the minutes to play, at least two. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int minutes = Integer.parseInt(arguments[1]);
    Path folder = Files.createTempDirectory("streamcache-live");
    String program = Path.of(arguments[0], "bin", "streamcache").toString();
    TestChannel channel = new TestChannel();
    try (ScriptedOrigin origin = ScriptedOrigin.start().on(PATH, channel);
        ServerProcess process = ServerProcess.start(List.of(program), environment(folder))) {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), process.awaitPort(LISTENS));
      List<ChannelViewer> viewers = new ArrayList<>();
      for (int viewer = 0; viewer < VIEWERS; viewer++) {
        viewers.add(ChannelViewer.open(address, 0, PeerLinks.of(origin.url(PATH))));
      }
      channel.awaitTuned(1);
      play(channel, origin, minutes);
      report(viewers, channel, origin, folder);
      for (ChannelViewer viewer : viewers) {
        viewer.close();
      }
    }
  }

  private static void play(TestChannel channel, ScriptedOrigin origin, int minutes)
      throws InterruptedException {
    long start = System.nanoTime();
    for (int step = 1; step <= minutes * STEPS_A_MINUTE; step++) {
      long _ = channel.air(ChannelPacket.A_SECOND / 50);
      if (step % (MINUTES_TO_CUT * STEPS_A_MINUTE) == 0) {
        origin.cutAll(Cut.RESET);
      }
      long left = start + step * STEP.toNanos() - System.nanoTime();
      if (left > 0) {
        Thread.sleep(Duration.ofNanos(left));
      }
    }
  }

  private static void report(
      List<ChannelViewer> viewers, TestChannel channel, ScriptedOrigin origin, Path folder)
      throws IOException {
    System.out.println("aired " + channel.aired() + " packets; requests " + origin.requests());
    viewers.forEach(System.out::println);
    long stored = files(folder.resolve("cache").resolve("media"));
    System.out.println("files of media: " + stored);
    boolean isLate =
        viewers.stream()
            .anyMatch(viewer -> viewer.last() < channel.aired() - 5L * ChannelPacket.A_SECOND);
    if (isLate || origin.peakConnections() > 1 || stored > 0) {
      throw new AssertionError(
          "a viewer is late, the provider had more than one connection, or bytes are still stored");
    }
  }

  private static long files(Path place) {
    try (Stream<Path> all = Files.walk(place)) {
      return all.filter(Files::isRegularFile).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> environment(Path folder) {
    return Map.of(
        "PORT", "0",
        "BIND", "127.0.0.1",
        "CACHE_DIR", folder.resolve("cache").toString(),
        "CONFIG_DIR", folder.resolve("config").toString(),
        "CACHE_MAX_BYTES", "1GiB",
        "CACHE_MIN_FREE_BYTES", "0",
        "EGRESS_ALLOW", "127.0.0.1");
  }
}
