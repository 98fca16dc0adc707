package streamcache.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import streamcache.link.SafeText;

/** Reports an unexpected exception with its stack trace, without any URL in it. */
final class Crash {

  private Crash() {}

  static void tell(Throwable bug, PrintWriter err) {
    StringWriter stack = new StringWriter();
    bug.printStackTrace(new PrintWriter(stack));
    err.println("streamcache: this is a bug, please report it: " + SafeText.of(stack.toString()));
  }
}
