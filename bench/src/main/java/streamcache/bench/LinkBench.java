package streamcache.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import streamcache.link.BadLink;
import streamcache.link.KeyFile;
import streamcache.link.KeyFileException;
import streamcache.link.LinkForm;
import streamcache.link.Links;

/**
 * What it costs to make and to read a link of each form, warm, and to refuse a forged one; prints a
 * table. Each link is another one, so that nothing is remembered. Started by {@code bench/links}.
 */
public final class LinkBench {

  private static final int URLS = 1_000;
  private static final int ROUNDS = 9;
  private static final int WARM_UP = 60;

  private final Links links;
  private long sink;

  private LinkBench(Links links) {
    this.links = links;
  }

  private interface Work {
    int run(String text) throws BadLink;
  }

  /** Takes no arguments. */
  public static void main(String[] arguments) throws IOException, KeyFileException, BadLink {
    Path folder = Files.createTempDirectory("streamcache-bench");
    Path keys = folder.resolve("secret.key");
    LinkBench bench = new LinkBench(new Links(new KeyFile(keys).openOrMake()));
    Files.delete(keys);
    Files.delete(folder);
    bench.print();
  }

  private void print() throws BadLink {
    System.out.printf(Locale.ROOT, "| link | make us | read us | refuse a forged one us |%n");
    System.out.printf(Locale.ROOT, "|---|---|---|---|%n");
    for (LinkForm form : LinkForm.values()) {
      String[] made = new String[URLS];
      String[] forged = new String[URLS];
      String[] urls = new String[URLS];
      Optional<Instant> never = Optional.empty();
      for (int i = 0; i < URLS; i++) {
        urls[i] = "http://provider.example:8080/movie/some-user/some-password/" + i + ".mkv";
        made[i] = links.make(form, urls[i], never);
        forged[i] = made[i].substring(0, 12) + "A" + made[i].substring(13);
      }
      System.out.printf(
          Locale.ROOT,
          "| %s | %.2f | %.2f | %.2f |%n",
          form.name().toLowerCase(Locale.ROOT),
          micros(urls, url -> links.make(form, url, never).length()),
          micros(made, path -> links.open(path).link().name().length()),
          micros(forged, this::refused));
    }
    System.out.printf(Locale.ROOT, "(%d)%n", sink % 2);
  }

  /** Reading what was changed; a plain link has nothing that would tell. */
  private int refused(String path) {
    try {
      return links.open(path).link().name().length();
    } catch (BadLink bad) {
      return String.valueOf(bad.getMessage()).length();
    }
  }

  private double micros(String[] texts, Work work) throws BadLink {
    Series series = new Series();
    for (int round = 0; round < WARM_UP + ROUNDS; round++) {
      long begun = System.nanoTime();
      for (String text : texts) {
        sink += work.run(text);
      }
      if (round >= WARM_UP) {
        series.add((System.nanoTime() - begun) / 1e3 / texts.length);
      }
    }
    return series.median();
  }
}
