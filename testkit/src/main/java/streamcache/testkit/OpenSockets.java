package streamcache.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The connections that the system's own table shows as open at both ends. On a busy machine, the
 * thread of a connection notices long after the system that the client has closed it.
 */
final class OpenSockets {

  private static final String ESTABLISHED = "01";
  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int STATE = 3;

  private OpenSockets() {}

  /** The clients' ports of the connections to the given port of this machine. */
  static Set<Integer> clientPorts(int serverPort) throws IOException {
    Path tables = Path.of("/proc/net");
    return Stream.concat(lines(tables.resolve("tcp")), lines(tables.resolve("tcp6")))
        .map(line -> line.strip().split("\\s+"))
        .filter(fields -> fields[STATE].equals(ESTABLISHED) && port(fields[LOCAL]) == serverPort)
        .map(fields -> port(fields[REMOTE]))
        .collect(Collectors.toSet());
  }

  private static Stream<String> lines(Path table) throws IOException {
    List<String> lines = Files.exists(table) ? Files.readAllLines(table) : List.of();
    return lines.stream().skip(1);
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
  }
}
