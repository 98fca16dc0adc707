package streamcache.cli;

import java.io.PrintWriter;
import streamcache.library.StrmDecision;
import streamcache.library.StrmDecision.Changed;
import streamcache.library.StrmDecision.Faulty;
import streamcache.library.StrmDecision.Kept;
import streamcache.library.StrmDecision.Left;

/** Prints one line a file: what it is, the provider's host and the file. */
final class StrmList extends StrmReport {

  private final PrintWriter out;

  StrmList(PrintWriter out) {
    this.out = out;
  }

  @Override
  void print(String file, StrmDecision decision) {
    switch (decision) {
      case Kept(var film, String base) -> line("link", film.host(), file + " (at " + base + ")");
      case Changed(_, _, var film) -> line("link", film.host(), file);
      case Left(var reason) -> line("other", "-", file + " (" + reason.words() + ")");
      case Faulty(String sentence) -> line("fault", "-", file + " (" + sentence + ")");
    }
  }

  private void line(String kind, String host, String rest) {
    out.printf("%-6s %-30s %s%n", kind, host, rest);
  }

  @Override
  void end() {
    out.flush();
  }
}
