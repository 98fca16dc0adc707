package streamcache.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import streamcache.link.BadLink;
import streamcache.link.KeyFileException;
import streamcache.link.KeyRing;
import streamcache.link.LinkForm;
import streamcache.link.Links;
import streamcache.settings.BaseUrl;
import streamcache.settings.Kind;
import streamcache.settings.Settings;

/**
 * The link command: from a URL to the line of a .strm file, or from such a line to what it says.
 */
final class LinkCommand {

  static final String PLAIN = "--plain";
  static final String SIGNED = "--signed";
  static final String EXPIRES = "--expires";
  static final String OPEN = "--open";
  static final String REVEAL = "--reveal";

  /** In the place of a URL: one a line on standard input, so that no list of processes shows it. */
  private static final String STANDARD_INPUT = "-";

  private static final Kind.Time LIFETIME = new Kind.Time("1s", "36500d");

  private final Settings settings;
  private final InputStream in;
  private final PrintWriter out;
  private final PrintWriter err;

  /**
   * @param in read when the URL is a minus sign
   */
  LinkCommand(Settings settings, InputStream in, PrintWriter out, PrintWriter err) {
    this.settings = settings;
    this.in = in;
    this.out = out;
    this.err = err;
  }

  int run(Call call) {
    try {
      check(call);
      LinkForm form = form(call);
      boolean needsKeys = form != LinkForm.PLAIN || call.has(OPEN);
      KeyRing keys =
          needsKeys
              ? Keys.openOrMake(settings.link(), this::complain, this::complain)
              : KeyRing.empty();
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
    String base =
        settings
            .link()
            .baseUrl()
            .map(BaseUrl::toString)
            .orElseGet(() ->
                "%s://%s:%d"
                    .formatted(
                        settings.tls().isPresent() ? "https" : "http",
                        Serve.host(),
                        settings.listen().port()));
    return url -> out.println(base + links.make(form, url, expires));
  }

  /** One bad line among many does not keep the others from being done. */
  private int each(Call call, Work work) {
    boolean fromInput = call.words().getFirst().equals(STANDARD_INPUT);
    int bad = 0;
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      List<String> texts = fromInput ? lines.readAllLines() : List.of(call.words().getFirst());
      for (String text : texts) {
        bad += text.isBlank() || isDone(work, text) ? 0 : 1;
      }
    } catch (IOException e) {
      complain("standard input cannot be read.");
      return 1;
    }
    return bad == 0 ? 0 : 1;
  }

  private boolean isDone(Work work, String text) {
    try {
      work.on(text);
      return true;
    } catch (BadLink e) {
      complain(String.valueOf(e.getMessage()));
      return false;
    }
  }

  private static void check(Call call) throws BadLink {
    boolean makes = call.has(PLAIN) || call.has(SIGNED) || call.option(EXPIRES).isPresent();
    if (call.has(PLAIN) && call.has(SIGNED)) {
      throw new BadLink("A link is plain or signed; give one of the two.");
    }
    if (call.has(OPEN) ? makes : call.has(REVEAL)) {
      throw new BadLink("--open and --reveal explain a link; the other options make one.");
    }
  }

  private static LinkForm form(Call call) {
    if (call.has(PLAIN)) {
      return LinkForm.PLAIN;
    }
    return call.has(SIGNED) ? LinkForm.SIGNED : LinkForm.SEALED;
  }

  private static Optional<Instant> expiry(Call call) throws BadLink {
    Optional<String> written = call.option(EXPIRES);
    if (written.isEmpty()) {
      return Optional.empty();
    }
    Optional<Duration> lifetime = LIFETIME.parse(written.get());
    if (lifetime.isEmpty()) {
      throw new BadLink("--expires takes " + LIFETIME.allowed() + ".");
    }
    return lifetime.map(Instant.now()::plus);
  }

  private void complain(String sentence) {
    err.println("streamcache: " + sentence);
  }
}
