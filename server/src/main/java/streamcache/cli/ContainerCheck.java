package streamcache.cli;

import java.util.Locale;

/** Says whether a server fits into what its container or service allows it. Pure. */
record ContainerCheck(SelfCheckAbout about, Findings findings) {

  private static final String MEMORY = "memory";
  private static final String PROCESSOR = "processor";

  /** What the process needs beside its heap: buffers, code, stacks. */
  private static final long BESIDE_HEAP = 128L << 20;

  /** The server does not run in a smaller heap. */
  private static final long LEAST_HEAP = 48L << 20;

  void examine() {
    about.limits().memoryBytes().ifPresent(this::memory);
    about.limits().processors().ifPresent(this::processors);
  }

  private void memory(long most) {
    String text =
        "the server may use %s, of which its heap takes at most %s"
            .formatted(Printable.bytes(most), Printable.bytes(about.heapBytes()));
    long kills = about.limits().kills();
    if (kills > 0) {
      findings.bad(
          MEMORY,
          text
              + "; the kernel has ended a process of it %s for want of memory, so allow it more"
                  .formatted(Printable.count(kills, "time", "times")));
    } else if (most < about.heapBytes() + BESIDE_HEAP) {
      findings.note(
          MEMORY,
          text
              + "; if it ever ends without a word, allow it more, or lower the heap with"
              + " JAVA_OPTS=-Xmx%dm".formatted(Math.max(LEAST_HEAP, most - BESIDE_HEAP) >> 20));
    } else {
      findings.good(MEMORY, text);
    }
  }

  private void processors(double count) {
    String text =
        String.format(Locale.ROOT, "the server may use the time of %.1f processors", count);
    if (count < 1) {
      findings.note(PROCESSOR, text + "; with less than one, it starts slowly");
    } else {
      findings.good(PROCESSOR, text);
    }
  }
}
