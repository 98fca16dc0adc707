package streamcache.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import streamcache.link.BadLink;
import streamcache.link.KeyFile;
import streamcache.link.KeyFileException;
import streamcache.link.LinkForm;
import streamcache.link.Links;

/**
 * Measures the cost of making and reading a link of each form, warm, and of refusing invalid ones,
 * which should all take the same time; prints tables. Every link is different, so that nothing is
 * cached. Started by {@code bench/links}.
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
    System.out.printf(Locale.ROOT, "| link | make us | read us |%n|---|---|---|%n");
    for (LinkForm form : LinkForm.values()) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %.2f | %.2f |%n",
          form.name().toLowerCase(Locale.ROOT),
          micros(urls(), url -> make(form, url).length()),
          micros(made(form), path -> links.open(path).link().name().length()));
    }
    System.out.printf(
        Locale.ROOT, "| refuse | forged us | unknown key us | cut short us |%n|---|---|---|---|%n");
    for (LinkForm form : new LinkForm[] {LinkForm.SIGNED, LinkForm.SEALED}) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %.2f | %.2f | %.2f |%n",
          form.name().toLowerCase(Locale.ROOT),
          refused(form, path -> path.substring(0, 12) + other(path, 12) + path.substring(13)),
          refused(form, path -> path.substring(0, 3) + other(path, 3) + path.substring(4)),
          refused(form, path -> path.substring(0, 20)));
    }
    System.out.printf(Locale.ROOT, "(%d)%n", sink % 2);
  }

  private double refused(LinkForm form, UnaryOperator<String> spoil) throws BadLink {
    String[] spoilt = made(form);
    Arrays.setAll(spoilt, i -> spoil.apply(spoilt[i]));
    return micros(spoilt, this::refusal);
  }

  private int refusal(String path) {
    try {
      throw new IllegalStateException("taken: " + links.open(path).form());
    } catch (BadLink bad) {
      return String.valueOf(bad.getMessage()).length();
    }
  }

  private static char other(String path, int at) {
    return path.charAt(at) == 'x' ? 'y' : 'x';
  }

  private String make(LinkForm form, String url) throws BadLink {
    return links.make(form, url, Optional.empty());
  }

  private static String[] urls() {
    String[] urls = new String[URLS];
    Arrays.setAll(
        urls, i -> "http://provider.example:8080/movie/some-user/some-password/" + i + ".mkv");
    return urls;
  }

  private String[] made(LinkForm form) throws BadLink {
    String[] made = urls();
    for (int i = 0; i < URLS; i++) {
      made[i] = make(form, made[i]);
    }
    return made;
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
