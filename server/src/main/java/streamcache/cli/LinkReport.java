package streamcache.cli;

import java.io.PrintWriter;
import java.time.Instant;
import streamcache.link.BadLink;
import streamcache.link.KeyRing;
import streamcache.link.KeyRules;
import streamcache.link.Link;
import streamcache.link.Links;
import streamcache.link.OpenedLink;
import streamcache.link.Originals;
import streamcache.link.Redaction;
import streamcache.link.StrmLine;

/** Explains a link to the owner of its key; secrets are shown only on request. */
final class LinkReport {

  private final Links links;
  private final Originals originals;
  private final boolean reveal;
  private final PrintWriter out;

  /**
   * @param rules which query parameters of a provider do not distinguish titles
   */
  LinkReport(KeyRing keys, KeyRules rules, boolean reveal, PrintWriter out) {
    this.links = new Links(keys, rules);
    this.originals = new Originals(keys, rules);
    this.reveal = reveal;
    this.out = out;
  }

  /** Explains a link, the path of a link, or the original stored in a sidecar. */
  void print(String text) throws BadLink {
    String written = text.strip();
    if (Originals.isSealed(written)) {
      print("original of a sidecar", originals.open(written));
      return;
    }
    OpenedLink opened = links.open(StrmLine.path(written));
    print(
        switch (opened.form()) {
          case PLAIN -> "plain: anybody can read and make such a link";
          case SIGNED -> "signed: anybody can read it, nobody can change it";
          case SEALED -> "sealed: nobody without the key can read or change it";
        },
        opened);
  }

  private void print(String form, OpenedLink opened) {
    Link link = opened.link();
    line("form", form);
    line("title", link.name() + " [" + link.key().brief() + "]");
    line("url", reveal ? link.source().reveal() : Redaction.of(link));
    link.headers().keySet().stream()
        .sorted()
        .forEach(name -> line("header", name + ": " + (reveal ? link.headers().get(name) : "~")));
    line("expires", opened.expires().map(LinkReport::when).orElse("never"));
    opened.keyId().ifPresent(id -> line("key", id.toString()));
  }

  private static String when(Instant expires) {
    return expires + (Instant.now().isBefore(expires) ? "" : " (expired)");
  }

  private void line(String what, String text) {
    out.printf("%-8s %s%n", what, text);
  }
}
