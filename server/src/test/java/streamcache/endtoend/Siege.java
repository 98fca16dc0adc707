package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;

/**
 * The server as shipped (256 MiB of heap), a provider, and a player that watches during an attack
 * and must not notice it. The resources of the process are measured before and after.
 */
final class Siege implements AutoCloseable {

  /** The attack on the server. */
  @FunctionalInterface
  interface Attack {
    void run() throws IOException;
  }

  /** Heap, metaspace, buffers and threads; 150 to 330 MiB were seen. */
  private static final long MOST_RESIDENT = 520 * MIB;

  /** The listener, idle persistent connections, and libraries opened at first use. */
  private static final int FEW_DESCRIPTORS = 40;

  /** After 10 s, the server gives up on a provider that hangs. */
  private static final Duration SETTLED_WITHIN = Duration.ofSeconds(30);

  private static final long PACE = 2 * MIB;
  private static final Content FILM = Content.of(31, 6 * MIB + 7);
  private static final Content STORED = Content.of(32, MIB + 5);

  /** Three seconds of film, plus the playback time in the buffer of a player. */
  private static final Duration IN_TIME = Duration.ofSeconds(13);

  private final ScriptedOrigin provider = ScriptedOrigin.start();
  private final Product product;

  private Siege(Path folder, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(Map.of("ERROR_VIDEO", "off", "HEAD_WITHIN", "3s"));
    all.putAll(settings);
    product = Product.start(folder, all);
    provider.serve("/film.mkv", Script.of(FILM).pace(PACE));
    provider.serve("/stored.mkv", Script.of(STORED));
  }

  static Siege begin(Path folder, Map<String, String> settings) throws IOException {
    Siege siege = new Siege(folder, settings);
    siege.playStored();
    return siege;
  }

  Product product() {
    return product;
  }

  ScriptedOrigin provider() {
    return provider;
  }

  RawClient client() throws IOException {
    return RawClient.connect(product.address());
  }

  String link(String path) {
    return product.link(provider.url(path));
  }

  String storedLink() {
    return link("/stored.mkv");
  }

  void playStored() throws IOException {
    RawClient.get(product.address(), storedLink()).check(STORED, 0, STORED.length());
  }

  /** Runs the attack while a viewer watches and others request a stored film. */
  void endure(Attack attack) throws IOException {
    int descriptors = product.process().openDescriptors();
    long begun = System.nanoTime();
    try (CheckedStream player =
        RawClient.stream(product.address(), link("/film.mkv"), FILM).awaitBytes(1)) {
      attack.run();
      playStored();
      assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
    }
    Duration attacked = Duration.ofNanos(System.nanoTime() - begun);
    RawClient.get(product.address(), link("/film.mkv")).check(FILM, 0, FILM.length());
    System.out.println(
        "siege: %d ms, peak %d MiB resident, %d descriptors before, %d after"
            .formatted(
                attacked.toMillis(),
                product.process().peakResidentBytes() / MIB,
                descriptors,
                product.process().openDescriptors()));
    await(() -> sockets() < FEW_DESCRIPTORS);
    assertThat(product.process().peakResidentBytes()).isLessThan(MOST_RESIDENT);
    assertThat(provider.requests("/film.mkv")).as("fetched once").hasSize(1);
    assertThat(product.process().output()).doesNotContain("OutOfMemory", "ERROR");
    assertThat(product.metrics()).contains("streamcache_store_titles").doesNotContain("NaN");
  }

  /** Like {@link #endure}, for attacks shorter than the film that begin no titles. */
  void endureInTime(Attack attack) throws IOException {
    int descriptors = product.process().openDescriptors();
    long begun = System.nanoTime();
    endure(attack);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(IN_TIME);
    assertThat(product.process().openDescriptors()).isLessThan(descriptors + FEW_DESCRIPTORS);
  }

  private long sockets() {
    return product.process().descriptors().stream()
        .filter(target -> target.startsWith("socket:"))
        .count();
  }

  /** Waits until {@code count} playbacks are under way. */
  void awaitPlaybacks(int count) throws IOException {
    await(() -> product.metrics().contains("streamcache_playbacks " + count + ".0"));
  }

  /** A condition to poll. */
  private interface Claim {
    boolean holds() throws IOException;
  }

  private void await(Claim claim) throws IOException {
    long end = System.nanoTime() + SETTLED_WITHIN.toNanos();
    while (!claim.holds()) {
      assertThat(System.nanoTime())
          .as(() -> "within the time; sockets: " + sockets())
          .isLessThan(end);
      pause();
    }
  }

  private static void pause() {
    try {
      assertThat(new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS)).isFalse();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    product.close();
    provider.close();
  }
}
