package streamcache.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares the tee of two versions, in turns, so that both meet the same moments of the machine.
 * Started by {@code bench/tee}; takes the folders of two built distributions.
 */
public final class TeeBench {

  private static final int ROUNDS = 9;
  private static final int PORT_BEFORE = 28392;
  private static final int PORT_NOW = 28393;

  private TeeBench() {}

  /**
   * @param distributions the one before, then the one now
   */
  public static void main(String[] distributions) throws IOException {
    try (TemporaryFolder folder = TemporaryFolder.named("streamcache-tee")) {
      MeasuredFilm.write(folder.path());
      try (MeasuredServer _ = Servers.nginx(folder.path());
          MeasuredServer before = product(folder, "before", distributions[0], PORT_BEFORE);
          MeasuredServer now = product(folder, "now", distributions[1], PORT_NOW)) {
        Tee teeBefore = new Tee(before);
        Tee teeNow = new Tee(now);
        for (int round = 0; round <= ROUNDS; round++) {
          teeBefore.round(round);
          teeNow.round(round);
        }
        teeBefore.print("before: cold title, followers");
        teeNow.print("now: cold title, followers");
      }
    }
  }

  private static MeasuredServer product(
      TemporaryFolder folder, String name, String distribution, int port) throws IOException {
    Path own = Files.createDirectory(folder.path().resolve(name));
    return Servers.product(Path.of(distribution).toAbsolutePath(), own, port);
  }
}
