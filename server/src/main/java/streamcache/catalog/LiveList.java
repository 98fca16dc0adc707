package streamcache.catalog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import streamcache.durable.FileDraft;
import streamcache.link.BadLink;
import streamcache.link.Secrets;

/**
 * The playlist of the live channels of a library, with our links. It is written beside the old one
 * and replaces it when the import is complete. One thread; closed by its owner.
 */
final class LiveList implements AutoCloseable {

  static final String NAME = "Live.m3u";

  private static final String HEAD = "#EXTM3U\n# made by streamcache import";

  /** Part of the link, which sends them itself. */
  private static final Set<String> HEADERS =
      Set.of("user-agent", "referer", "referrer", "origin", "cookie", "authorization");

  private final Path file;
  private final LinkMaker links;
  private @Nullable FileDraft draft;
  private @Nullable LineBuffer lines;

  LiveList(Path folder, LinkMaker links) {
    this.file = folder.resolve(NAME);
    this.links = links;
  }

  /** Whether there is a playlist that another program made. */
  boolean isForeign() throws IOException {
    try {
      return !isOurs(file);
    } catch (NoSuchFileException none) {
      return false;
    }
  }

  static boolean isOurs(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = HEAD.getBytes(US_ASCII);
      return Arrays.equals(in.readNBytes(head.length), head);
    }
  }

  void add(ChannelEntry channel) throws IOException, BadLink {
    String link = links.line(channel.target(), channel.name());
    String entry = entry(channel, links.secrets(link));
    LineBuffer open = lines();
    open.add(entry);
    open.add(link);
  }

  /**
   * Replaces the playlist unless nothing has changed.
   *
   * @return whether it was replaced
   */
  boolean publish() throws IOException {
    lines().flush();
    FileDraft written = Objects.requireNonNull(draft);
    if (Files.exists(file) && Files.mismatch(written.path(), file) < 0) {
      return false;
    }
    written.publish();
    return true;
  }

  private LineBuffer lines() throws IOException {
    if (lines == null) {
      draft = FileDraft.of(file);
      lines = new LineBuffer(draft);
      lines.add(HEAD);
    }
    return lines;
  }

  private static String entry(ChannelEntry channel, Secrets secrets) {
    String attributes =
        channel.attributes().entrySet().stream()
            .filter(
                attribute -> !isHeader(attribute.getKey()) && secrets.mayShow(attribute.getValue()))
            .map(attribute -> written(attribute.getKey(), attribute.getValue()))
            .collect(Collectors.joining());
    String group = channel.group().isEmpty() ? "" : written("group-title", channel.group());
    return ExtInf.START + "-1" + attributes + group + "," + line(channel.name());
  }

  private static boolean isHeader(String name) {
    return HEADERS.contains(name.startsWith("http-") ? name.substring("http-".length()) : name);
  }

  private static String written(String name, String value) {
    return " " + line(name) + "=\"" + line(value).replace('"', '\'') + "\"";
  }

  private static String line(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }

  @Override
  public void close() throws IOException {
    if (draft != null) {
      draft.close();
    }
  }
}
