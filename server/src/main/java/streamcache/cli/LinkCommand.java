package streamcache.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.LineNumberReader;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import streamcache.link.BadLink;
import streamcache.link.KeyFileException;
import streamcache.link.KeyRing;
import streamcache.link.LinkForm;
import streamcache.link.Links;
import streamcache.settings.BaseUrl;
import streamcache.settings.Settings;

/** The link command: turns a URL into the line of a .strm file, or explains such a line. */
final class LinkCommand {

  static final String OPEN = "--open";
  static final String REVEAL = "--reveal";

  /**
   * Stands for URLs on standard input, one per line, so that they do not appear in process lists.
   */
  private static final String STANDARD_INPUT = "-";

  private final Settings settings;
  private final Supplier<LinkReach> reach;
  private final InputStream in;
  private final PrintWriter out;
  private final PrintWriter err;

  /**
   * @param reach called if the settings do not say what links begin with
   * @param in read if the URL is a minus sign
   */
  LinkCommand(
      Settings settings,
      Supplier<LinkReach> reach,
      InputStream in,
      PrintWriter out,
      PrintWriter err) {
    this.settings = settings;
    this.reach = reach;
    this.in = in;
    this.out = out;
    this.err = err;
  }

  int run(Invocation call) {
    try {
      check(call);
      LinkForm form = LinkOptions.form(call).orElse(LinkForm.SEALED);
      boolean needsKeys = form != LinkForm.PLAIN || call.has(OPEN);
      KeyRing keys = needsKeys ? new ServerKeys(settings, this::complain).open() : KeyRing.empty();
      return call.has(OPEN)
          ? each(
              call,
              new LinkReport(
                      keys, settings.fill().providers()::dropParameters, call.has(REVEAL), out)
                  ::print)
          : each(call, maker(form, new Links(keys), expiry(call)));
    } catch (KeyFileException | BadLink e) {
      complain(String.valueOf(e.getMessage()));
      return 1;
    }
  }

  private interface Work {
    void on(String text) throws BadLink;
  }

  private Work maker(LinkForm form, Links links, Optional<Instant> expires) {
    String base = settings.link().baseUrl().map(BaseUrl::toString).orElseGet(this::ownName);
    return url -> out.println(base + links.make(form, url, expires));
  }

  private String ownName() {
    LinkReach found = reach.get();
    found.advice().ifPresent(this::complain);
    return found.base();
  }

  /** A bad line does not stop the others from being processed. */
  private int each(Invocation call, Work work) {
    String word = call.words().getFirst();
    if (!word.equals(STANDARD_INPUT)) {
      return isDone(work, word, "") ? 0 : 1;
    }
    // Scripts pair output lines with files by count; an explanation of a link takes several lines.
    boolean answersEach = !call.has(OPEN);
    int bad = 0;
    try (LineNumberReader lines = new LineNumberReader(new InputStreamReader(in, UTF_8))) {
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        boolean isDone =
            !text.isBlank() && isDone(work, text, "line " + lines.getLineNumber() + ": ");
        if (!isDone && answersEach) {
          out.println();
        }
        bad += isDone || text.isBlank() ? 0 : 1;
      }
    } catch (IOException e) {
      complain("standard input cannot be read.");
      return 1;
    }
    return bad == 0 ? 0 : 1;
  }

  /**
   * @param where precedes the error message
   */
  private boolean isDone(Work work, String text, String where) {
    try {
      work.on(text);
      return true;
    } catch (BadLink e) {
      complain(where + e.getMessage());
      return false;
    }
  }

  private static void check(Invocation call) throws BadLink {
    boolean makes = LinkOptions.areThere(call);
    if (call.has(OPEN) ? makes : call.has(REVEAL)) {
      throw new BadLink(
          "--open explains a link and cannot be combined with options that make one;"
              + " --reveal needs --open.");
    }
  }

  private static Optional<Instant> expiry(Invocation call) throws BadLink {
    return LinkOptions.lifetime(call).map(Instant.now()::plus);
  }

  private void complain(String sentence) {
    err.println("streamcache: " + sentence);
  }
}
