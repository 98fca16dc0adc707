package streamcache.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Compared with the maps of the platform. */
final class PathTableTest {

  @Test
  void own_andSee_asInAMap() {
    long seed = new Random().nextLong();
    System.out.println("PathTableTest seed " + seed);
    Random random = new Random(seed);
    PathTable table = new PathTable();
    Map<String, Long> owners = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (int round = 0; round < 20_000; round++) {
      String path = "Movies/" + random.nextInt(6000) + ".strm";
      if (random.nextBoolean()) {
        long owner = Fingerprint.of(path + random.nextInt(2));
        table.own(path, owner);
        owners.putIfAbsent(path, owner);
      } else if (owners.containsKey(path)) {
        table.see(path);
        seen.add(path);
      }
    }

    assertThat(table.size()).as("seed %d", seed).isEqualTo(owners.size());
    assertThat(table.unseen()).as("seed %d", seed).isEqualTo(owners.size() - seen.size());
    owners.forEach((path, owner) -> {
      assertThat(table.owner(path)).isEqualTo(owner);
      assertThat(table.isSeen(path)).isEqualTo(seen.contains(path));
    });
    assertThat(table.owner("Movies/none.strm")).isZero();
  }

  @Test
  void owner_inOtherCase_isTheSame() {
    PathTable table = new PathTable();
    table.own("Movies/MATRIX.strm", 4);

    assertThat(table.owner("movies/Matrix.strm")).isEqualTo(4);
  }
}
