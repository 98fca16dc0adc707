package streamcache.cli;

import java.io.PrintWriter;
import java.util.List;

/** Prints findings as a text to paste into a bug report: Markdown, without secrets. */
record DoctorReport(PrintWriter out) {

  /**
   * @param settings those that are not the default, with secrets masked
   */
  void print(Findings findings, List<String> settings) {
    out.println("```");
    out.println("Streamcache " + Version.current());
    out.printf(
        "%s %s %s, Java %s, %s%n",
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        System.getProperty("os.arch"),
        Runtime.version(),
        Printable.count(Runtime.getRuntime().availableProcessors(), "processor", "processors"));
    out.println();
    out.println("Settings that are not the default:");
    settings.forEach(line -> out.println("  " + Printable.of(line)));
    out.println();
    findings.all().forEach(finding -> out.println(finding.line()));
    out.println("```");
  }
}
