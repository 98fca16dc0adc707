package streamcache.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A control group of the kernel with a limit of memory and perhaps of processors, as a container
 * engine makes one; of version 2 or 1, whichever the machine has. Needs root. Closed after its last
 * process.
 */
record ControlGroup(Path memory, Path processor, boolean isUnified) implements AutoCloseable {

  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final String NAME = "streamcache-bench";
  private static final int PERIOD_MICROS = 100_000;
  private static final Pattern KILLED = Pattern.compile("(?m)^oom_kill (\\d+)$");

  /**
   * @param processors how many it may use at a time; 0 for no limit
   */
  static ControlGroup make(long memoryBytes, int processors) throws IOException {
    boolean unified = Files.exists(ROOT.resolve("cgroup.controllers"));
    ControlGroup group =
        unified
            ? new ControlGroup(ROOT.resolve(NAME), ROOT.resolve(NAME), true)
            : new ControlGroup(
                ROOT.resolve("memory").resolve(NAME), ROOT.resolve("cpu").resolve(NAME), false);
    if (unified) {
      Files.writeString(ROOT.resolve("cgroup.subtree_control"), "+memory +cpu");
    }
    Files.createDirectories(group.memory);
    Files.createDirectories(group.processor);
    Files.writeString(
        group.memory.resolve(unified ? "memory.max" : "memory.limit_in_bytes"),
        Long.toString(memoryBytes));
    long quota = (long) processors * PERIOD_MICROS;
    if (processors > 0) {
      Files.writeString(
          group.processor.resolve(unified ? "cpu.max" : "cpu.cfs_quota_us"),
          unified ? quota + " " + PERIOD_MICROS : Long.toString(quota));
    }
    return group;
  }

  /** The command, run within the group. */
  List<String> within(List<String> command) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "sh",
                "-c",
                "echo $$ >'%s/cgroup.procs' && echo $$ >'%s/cgroup.procs' && exec \"$@\""
                    .formatted(memory, processor),
                "sh"));
    all.addAll(command);
    return all;
  }

  /** How many processes the kernel has ended because memory ran out. */
  long killed() throws IOException {
    Path file = memory.resolve(isUnified ? "memory.events" : "memory.oom_control");
    Matcher found = KILLED.matcher(Files.readString(file));
    return found.find() ? Long.parseLong(found.group(1)) : 0;
  }

  @Override
  public void close() throws IOException {
    Files.delete(memory);
    Files.deleteIfExists(processor);
  }
}
