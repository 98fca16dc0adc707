package streamcache.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import streamcache.library.StrmTargets;

/**
 * What the prewarm command is to fetch: URLs and links as they are written, and what players open
 * of {@code .strm} files and of those in folders. Used once.
 */
final class PrewarmSources {

  /** Something that is neither a URL nor a file or folder with any. */
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String sentence) {
      super(sentence);
    }
  }

  private final Set<String> urls = new LinkedHashSet<>();

  private PrewarmSources() {}

  /**
   * Reads the files; all of them, or none is used.
   *
   * @return URLs and links, each once, in their order
   */
  static List<String> of(List<String> words) throws Unusable {
    PrewarmSources sources = new PrewarmSources();
    for (String word : words) {
      sources.add(word);
    }
    return List.copyOf(sources.urls);
  }

  private void add(String word) throws Unusable {
    if (word.matches("(?is)https?://.*")) {
      urls.add(word);
      return;
    }
    try {
      Path path = Path.of(word).toRealPath();
      List<Path> files = Files.isDirectory(path) ? StrmTargets.files(path) : List.of(path);
      if (files.isEmpty()) {
        throw new Unusable("There is no .strm file in " + word + ".");
      }
      for (Path file : files) {
        add(file);
      }
    } catch (IOException | InvalidPathException e) {
      // A mistyped URL may hold a password.
      throw new Unusable(
          "Name URLs that begin with http:// or https://, .strm files, or folders with such files;"
              + " one of the arguments is none of these, or it may not be read.");
    }
  }

  private void add(Path file) throws IOException, Unusable {
    if (!StrmTargets.isStrm(file)) {
      throw new Unusable(file + " is no .strm file.");
    }
    urls.add(
        StrmTargets.read(file)
            .orElseThrow(() -> new Unusable("Players open nothing of " + file + ".")));
  }
}
