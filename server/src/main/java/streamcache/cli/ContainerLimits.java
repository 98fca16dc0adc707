package streamcache.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a container engine or a service allows a process (cgroup version 2). Empty values where
 * nothing is limited or known. Reading it blocks on the kernel's files.
 *
 * @param memoryBytes most memory; beyond it, the kernel ends the process
 * @param processors how many processors' time it may use
 * @param kills how often the kernel has ended a process of the group for want of memory
 */
record ContainerLimits(OptionalLong memoryBytes, OptionalDouble processors, long kills) {

  static ContainerLimits ofThisProcess() {
    return of(Path.of("/proc/self/cgroup"), Path.of("/sys/fs/cgroup"));
  }

  /**
   * @param own names the group of the process
   * @param root where all groups are
   */
  static ContainerLimits of(Path own, Path root) {
    OptionalLong memory = OptionalLong.empty();
    OptionalDouble processors = OptionalDouble.empty();
    long kills = 0;
    for (Path group : groups(own, root)) {
      memory = least(memory, memory(group));
      processors = least(processors, processors(group));
      kills = Math.max(kills, kills(group));
    }
    return new ContainerLimits(memory, processors, kills);
  }

  /** The group and those around it, which limit it as well. */
  private static List<Path> groups(Path own, Path root) {
    Path group =
        text(own)
            .flatMap(lines -> lines.lines().filter(line -> line.startsWith("0::/")).findFirst())
            .map(line -> root.resolve(line.substring("0::/".length())).normalize())
            .filter(path -> path.startsWith(root))
            .orElse(root);
    List<Path> groups = new ArrayList<>(List.of(group));
    while (!groups.getLast().equals(root)) {
      groups.add(groups.getLast().getParent());
    }
    return groups;
  }

  private static OptionalLong memory(Path group) {
    return text(group.resolve("memory.max"))
        .map(String::strip)
        .filter(text -> text.matches("[0-9]{1,18}"))
        .map(text -> OptionalLong.of(Long.parseLong(text)))
        .orElse(OptionalLong.empty());
  }

  private static OptionalDouble processors(Path group) {
    return text(group.resolve("cpu.max"))
        .map(text -> text.strip().split(" ", -1))
        .filter(words -> words.length == 2)
        .filter(words -> words[0].matches("[0-9]{1,12}") && words[1].matches("[1-9][0-9]{0,11}"))
        .map(
            words -> OptionalDouble.of(Double.parseDouble(words[0]) / Double.parseDouble(words[1])))
        .orElse(OptionalDouble.empty());
  }

  private static long kills(Path group) {
    return text(group.resolve("memory.events"))
        .flatMap(
            lines -> lines.lines().filter(line -> line.matches("oom_kill [0-9]{1,18}")).findFirst())
        .map(line -> Long.parseLong(line.substring("oom_kill ".length())))
        .orElse(0L);
  }

  private static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static OptionalLong least(OptionalLong one, OptionalLong other) {
    return one.isPresent() && other.isPresent()
        ? OptionalLong.of(Math.min(one.getAsLong(), other.getAsLong()))
        : one.isPresent() ? one : other;
  }

  private static OptionalDouble least(OptionalDouble one, OptionalDouble other) {
    return one.isPresent() && other.isPresent()
        ? OptionalDouble.of(Math.min(one.getAsDouble(), other.getAsDouble()))
        : one.isPresent() ? one : other;
  }
}
