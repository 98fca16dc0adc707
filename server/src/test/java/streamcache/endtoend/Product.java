package streamcache.endtoend;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import streamcache.cli.Main;
import streamcache.link.LinkCodec;
import streamcache.testkit.RawClient;
import streamcache.testkit.process.Run;
import streamcache.testkit.process.ServerProcess;

/** The server in a process of its own, as a user starts it. */
final class Product implements AutoCloseable {

  private static final Pattern LISTENS = Pattern.compile("listens on (?:http://\\S+:|port )(\\d+)");

  private static final Pattern RECEIVED =
      Pattern.compile("streamcache_provider_bytes_total\\{use=\"\\w+\"} (\\S+)");

  private final ServerProcess process;
  private final int port;

  private Product(ServerProcess process, Pattern listens) {
    this.process = process;
    this.port = process.awaitPort(listens);
  }

  /** Starts it on a port chosen by the system, with a cache below {@code folder}. */
  static Product start(Path folder, Map<String, String> settings) {
    return start(folder, settings, LISTENS);
  }

  /**
   * @param listens finds the line that tells the port, in its first group
   */
  static Product start(Path folder, Map<String, String> settings, Pattern listens) {
    return new Product(
        ServerProcess.start(command("serve"), environment(folder, settings)), listens);
  }

  /** Runs one command to completion. */
  static Run run(Path folder, Map<String, String> settings, String... words) {
    List<String> command = new ArrayList<>(List.of("env"));
    environment(folder, settings).forEach((name, value) -> command.add(name + "=" + value));
    command.addAll(command(words));
    return Run.of(command);
  }

  static List<String> command(String... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(words));
    return command;
  }

  static Map<String, String> environment(Path folder, Map<String, String> settings) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "PORT", "0",
                "BIND", "127.0.0.1",
                "CACHE_DIR", folder.resolve("cache").toString(),
                "CONFIG_DIR", folder.resolve("config").toString(),
                "CACHE_MAX_BYTES", "4GiB",
                "CACHE_MIN_FREE_BYTES", "0",
                // The scripted providers listen here; the server refuses the address without it.
                "EGRESS_ALLOW", "127.0.0.1"));
    environment.putAll(settings);
    return environment;
  }

  InetSocketAddress address() {
    return new InetSocketAddress("127.0.0.1", port);
  }

  String link(String url) {
    return "/u/" + new LinkCodec().encode(url);
  }

  /** For players that take a whole URL; the name supplies the file extension. */
  String url(String url, String name) {
    return "http://127.0.0.1:" + port + link(url) + "/" + name;
  }

  ServerProcess process() {
    return process;
  }

  String metrics() throws IOException {
    return RawClient.get(address(), "/metrics").text();
  }

  /** Returns the bytes of all bodies that the server has read from providers. */
  long received() throws IOException {
    return RECEIVED
        .matcher(metrics())
        .results()
        .mapToLong(found -> (long) Double.parseDouble(found.group(1)))
        .sum();
  }

  @Override
  public void close() {
    process.close();
  }
}
