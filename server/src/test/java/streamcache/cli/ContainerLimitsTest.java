package streamcache.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The limits of a container, as the kernel writes them, and what the doctor says about them. */
final class ContainerLimitsTest {

  private static final long MIB = 1 << 20;

  @TempDir private Path root;

  private void write(String group, String file, String text) throws IOException {
    Path folder = Files.createDirectories(root.resolve("cgroup").resolve(group));
    Files.writeString(folder.resolve(file), text);
  }

  private ContainerLimits limits(String group) throws IOException {
    Path own = Files.writeString(root.resolve("own"), "1:name=x:/\n0::/" + group + "\n");
    return ContainerLimits.of(own, root.resolve("cgroup"));
  }

  private static List<String> told(ContainerLimits limits, long heap) {
    Findings findings = new Findings();
    new ContainerCheck(new SelfCheckAbout("i", "1", heap, limits), findings).examine();
    return findings.all().stream().map(Findings.Finding::line).toList();
  }

  @Test
  void of_groupAndThoseAroundIt_isTheLeast() throws IOException {
    write("", "memory.max", "max\n");
    write("a", "memory.max", 500 * MIB + "\n");
    write("a", "cpu.max", "50000 100000\n");
    write("a/b", "memory.max", 800 * MIB + "\n");
    write("a/b", "cpu.max", "max 100000\n");
    write("a/b", "memory.events", "low 0\noom 3\noom_kill 2\n");
    assertThat(limits("a/b"))
        .isEqualTo(new ContainerLimits(OptionalLong.of(500 * MIB), OptionalDouble.of(0.5), 2));
  }

  @Test
  void of_noLimitOrNoFiles_isEmpty() throws IOException {
    ContainerLimits none =
        new ContainerLimits(OptionalLong.empty(), OptionalDouble.empty(), /* kills= */ 0);
    assertThat(limits("x")).isEqualTo(none);
    assertThat(limits("../../etc")).isEqualTo(none);
    assertThat(told(none, MIB)).isEmpty();
  }

  @Test
  void check_limits_areComparedWithTheHeap() {
    ContainerLimits tight =
        new ContainerLimits(OptionalLong.of(300 * MIB), OptionalDouble.of(0.5), /* kills= */ 0);
    assertThat(told(tight, 256 * MIB))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("NOTE  memory: ").endsWith("JAVA_OPTS=-Xmx172m"),
            line -> assertThat(line).startsWith("NOTE  processor: "));
    ContainerLimits wide =
        new ContainerLimits(OptionalLong.of(768 * MIB), OptionalDouble.of(2), /* kills= */ 0);
    assertThat(told(wide, 256 * MIB)).allMatch(line -> line.startsWith("OK    "));
    ContainerLimits ended =
        new ContainerLimits(OptionalLong.of(768 * MIB), OptionalDouble.empty(), /* kills= */ 1);
    assertThat(told(ended, 256 * MIB))
        .singleElement()
        .asString()
        .startsWith("FIX   memory: ")
        .contains("ended a process of it 1 time for want of memory");
  }

  @Test
  void about_writtenAndRead_isTheSame() {
    ContainerLimits limits =
        new ContainerLimits(OptionalLong.of(7), OptionalDouble.of(1.5), /* kills= */ 3);
    SelfCheckAbout about = new SelfCheckAbout("i", "1", 9, limits);
    assertThat(SelfCheckAbout.parse(JsonMapper.shared().readTree(about.json()))).contains(about);
  }
}
