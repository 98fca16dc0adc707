package streamcache.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import streamcache.testkit.Content;
import streamcache.testkit.player.Films;
import streamcache.testkit.player.Films.Container;
import streamcache.testkit.process.ServerProcess;
import streamcache.testkit.wild.WildProvider;
import streamcache.testkit.wild.WildRow;

/**
 * Plays the films of wild providers with real players through the built distribution: each player
 * at a provider of its own, about which nothing is known. Prints the table of docs/providers.md;
 * started by {@code bench/wild}. Ends with an error when a film does not play, or when a provider
 * was asked for more than its row allows.
 */
public final class WildBench {

  private static final Pattern LISTENS = Pattern.compile("listens on http://\\S+:(\\d+)/");
  private static final Duration FILM = Duration.ofSeconds(30);
  private static final Duration SEEK = Duration.ofSeconds(20);
  private static final int KILOBITS = 2800;

  /** After a pause as long as this, nothing more is requested for a film. */
  private static final Duration QUIET = Duration.ofMillis(700);

  private static final int MOST_PAUSES = 60;

  private final List<WildRow> rows;
  private final Path folder;
  private final Films films;
  private final Map<WildRow, List<WildProvider>> providers = new EnumMap<>(WildRow.class);
  private final List<String> faults = new ArrayList<>();

  private WildBench(List<WildRow> rows, Path folder) {
    this.rows = rows;
    this.folder = folder;
    this.films = Films.in(Path.of("bench", "target", "films"));
  }

  /** Takes the folder of the distribution and, optionally, the names of rows. */
  public static void main(String[] arguments) throws IOException {
    List<WildRow> rows =
        arguments.length > 1
            ? Arrays.stream(arguments).skip(1).map(WildRow::valueOf).toList()
            : List.of(WildRow.values());
    try (TemporaryFolder folder = TemporaryFolder.named("streamcache-wild")) {
      WildBench bench = new WildBench(rows, folder.path());
      bench.run(Path.of(arguments[0]).toAbsolutePath());
      if (!bench.faults.isEmpty()) {
        bench.faults.forEach(System.err::println);
        System.exit(1);
      }
    }
  }

  private void run(Path distribution) throws IOException {
    List<WildPlayers.Player> all = WildPlayers.present();
    for (WildRow row : rows) {
      Content film = Content.ofFile(film(row));
      providers.put(row, all.stream().map(_ -> new WildProvider(row, film)).toList());
    }
    Path config = Files.createDirectories(folder.resolve("config"));
    List<String> blocks =
        providers.values().stream().flatMap(List::stream).flatMap(p -> p.block().stream()).toList();
    Files.write(config.resolve("streamcache.conf"), blocks);
    Files.write(hosts(), WildRow.HOSTS);
    String program = distribution.resolve("bin/streamcache").toString();
    try (ServerProcess process = ServerProcess.start(List.of(program), environment());
        WildPlayers players = new WildPlayers(all, SEEK)) {
      int port = process.awaitPort(LISTENS);
      WildLinks links = new WildLinks(program, environment(), folder, port);
      head(all);
      for (WildRow row : rows) {
        row(row, all, providers.getOrDefault(row, List.of()), players, links);
      }
    } finally {
      close();
    }
  }

  private Path film(WildRow row) {
    return row.film(films, FILM, KILOBITS);
  }

  private static void head(List<WildPlayers.Player> all) {
    List<String> columns = new ArrayList<>(List.of("provider", "report"));
    all.forEach(player -> columns.add(player.name()));
    Table.head(columns.toArray(String[]::new));
  }

  private void row(
      WildRow row,
      List<WildPlayers.Player> all,
      List<WildProvider> each,
      WildPlayers players,
      WildLinks links)
      throws IOException {
    List<Object> cells = new ArrayList<>(List.of(row.name(), row.report()));
    for (int i = 0; i < all.size(); i++) {
      WildPlayers.Player player = all.get(i);
      boolean isLeftOut =
          ((row.isSlow() || row.isForFfmpeg()) && !player.isQuick())
              || (row.container() == Container.TS && !player.playsTransportStreams());
      cells.add(isLeftOut ? "" : cell(row, player, each.get(i), players, links));
    }
    Table.row(cells.toArray());
  }

  /** Verdict, requests and bytes of one player. */
  private String cell(
      WildRow row,
      WildPlayers.Player player,
      WildProvider provider,
      WildPlayers players,
      WildLinks links)
      throws IOException {
    String name = "film." + row.extension();
    provider.prepare(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), links.port()),
        PeerLinks.of(provider.link()));
    String fault =
        players.play(player, links.of(provider.link(), name, player.needsKey()), film(row));
    awaitQuiet(provider);
    boolean isWrong = fault.isEmpty() != row.plays();
    String where = row + ", " + player.name() + ": ";
    if (isWrong) {
      faults.add(where + (fault.isEmpty() ? "plays" : fault) + "\n" + provider.requests());
    }
    if (!provider.excess().isEmpty()) {
      faults.add(where + provider.excess() + "\n" + provider.requests());
    }
    return "%s%d, %.2f"
        .formatted(fault.isEmpty() ? "" : "fails; ", provider.requests().size(), provider.times());
  }

  /** Waits until the fill behind the player has ended, too. */
  private static void awaitQuiet(WildProvider provider) {
    int before = -1;
    for (int pause = 0; pause < MOST_PAUSES && provider.requests().size() != before; pause++) {
      before = provider.requests().size();
      boolean _ = provider.isAskedWithin(QUIET, before + 1);
      provider.awaitIdle();
    }
  }

  private void close() {
    for (List<WildProvider> each : providers.values()) {
      for (WildProvider provider : each) {
        try {
          provider.close();
        } catch (AssertionError e) {
          faults.add(String.valueOf(e.getMessage()));
        }
      }
    }
  }

  private Path hosts() {
    return folder.resolve("config").resolve("hosts");
  }

  private Map<String, String> environment() {
    return Map.ofEntries(
        Map.entry("PORT", "0"),
        Map.entry("BIND", "127.0.0.1"),
        Map.entry("CACHE_DIR", folder.resolve("cache").toString()),
        Map.entry("CONFIG_DIR", folder.resolve("config").toString()),
        Map.entry("CACHE_MAX_BYTES", "20GB"),
        Map.entry("CACHE_MIN_FREE_BYTES", "0"),
        Map.entry("RANGE_TEE_THRESHOLD", "2MiB"),
        Map.entry("COMPLETE_SCANS", "1"),
        Map.entry("CLIENT_NEW_TITLES", "100000"),
        Map.entry("EGRESS_ALLOW", "127.0.0.0/8"),
        Map.entry("JAVA_TOOL_OPTIONS", "-Djdk.net.hosts.file=" + hosts()));
  }

  /** Makes links for players. */
  private record WildLinks(String program, Map<String, String> environment, Path folder, int port) {

    /**
     * @param needsKey whether the link must be one that pages of other sites may read
     */
    String of(String url, String name, boolean needsKey) throws IOException {
      String target = needsKey ? sealed(url).orElseThrow() : PeerLinks.of(url);
      return "http://127.0.0.1:" + port + target + "/" + name;
    }

    private Optional<String> sealed(String url) throws IOException {
      Path line = Files.writeString(folder.resolve("link"), url + "\n");
      ProcessBuilder command =
          new ProcessBuilder(program, "link", "-").redirectInput(line.toFile());
      command.environment().putAll(environment);
      Process process = command.start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int at = out.indexOf("/e/");
      return at < 0 ? Optional.empty() : Optional.of(out.substring(at).strip());
    }
  }
}
