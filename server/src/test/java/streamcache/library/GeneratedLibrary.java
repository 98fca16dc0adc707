package streamcache.library;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A library of random {@code .strm} files of every dialect, with random attributes. */
final class GeneratedLibrary {

  private static final List<String> TARGETS =
      List.of(
          "http://panel.example:8000/movie/user/pass/%d.mkv",
          "HTTPS://Panel.Example/Movie/%d.mp4?token=a b&x=\u00fc#part",
          "http://user:p%%40ss@nas.example/%d.avi|User-Agent=VLC%%2F3&Referer=http://x/",
          "http://h.example/%d|verifypeer=false&unknown=1",
          "plugin://plugin.video.x/play?id=%d",
          "http://h.example/live/u/p/%d.ts",
          "http://h.example/%d.m3u8",
          "/media/films/%d.mkv",
          "");

  private static final List<String> BEFORE =
      List.of(
          "", "\uFEFF", "\n", "#KODIPROP:inputstream=x\n", "\uFEFF#EXTINF:-1,One\r\n\r\n", "  ");

  private static final List<String> AFTER =
      List.of("", "\n", "\r\n", " \t\n\n", "\n#end", "\nmore");

  private final Path root;
  private final Random random;

  GeneratedLibrary(Path root, Random random) {
    this.root = root;
    this.random = random;
  }

  /** Writes files in nested folders. */
  void write(int files) throws IOException {
    for (int number = 0; number < files; number++) {
      Path folder = root;
      for (int depth = random.nextInt(4); depth > 0; depth--) {
        folder = folder.resolve("Folder " + random.nextInt(3));
      }
      Files.createDirectories(folder);
      String name =
          pick(List.of("Film %d (1999)", "\u00c4 %d", "S01E%d", "a'b\"%d")).formatted(number);
      write(folder.resolve(name + pick(List.of(".strm", ".STRM", ".txt"))), number);
    }
  }

  private void write(Path file, int number) throws IOException {
    String text = pick(BEFORE) + pick(TARGETS).formatted(number) + pick(AFTER);
    Files.write(file, text.getBytes(random.nextInt(20) == 0 ? ISO_8859_1 : UTF_8));
    if (random.nextBoolean()) {
      UserDefinedFileAttributeView notes =
          Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
      notes.write("note", UTF_8.encode("x".repeat(random.nextInt(900))));
      notes.write("empty", UTF_8.encode(""));
    }
    Files.setAttribute(file, "unix:mode", pick(List.of(0100644, 0100600, 0100444, 0100664)));
    times(file, time(), time());
  }

  private FileTime time() {
    return FileTime.from(
        Instant.ofEpochSecond(random.nextLong(1_700_000_000), random.nextInt(1_000_000_000)));
  }

  private static void times(Path file, FileTime modified, FileTime accessed) throws IOException {
    Files.getFileAttributeView(file, BasicFileAttributeView.class)
        .setTimes(modified, accessed, null);
  }

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** Content and attributes of every file below a folder. */
  static Map<String, String> state(Path root) throws IOException {
    Map<String, String> state = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        state.put(root.relativize(file).toString(), stateOf(file));
      }
    }
    return state;
  }

  private static String stateOf(Path file) throws IOException {
    Map<String, Object> all =
        new HashMap<>(Files.readAttributes(file, "unix:*", LinkOption.NOFOLLOW_LINKS));
    all.keySet().retainAll(List.of("mode", "uid", "gid", "lastModifiedTime", "lastAccessTime"));
    Map<String, Object> facts = new TreeMap<>(all);
    UserDefinedFileAttributeView notes =
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    for (String name : notes.list()) {
      facts.put("user." + name, notes.size(name));
    }
    facts.put("content", HexFormat.of().formatHex(Files.readAllBytes(file)));
    // Reading has set the access time, unless the disk is mounted with noatime.
    times(file, (FileTime) all.get("lastModifiedTime"), (FileTime) all.get("lastAccessTime"));
    return facts.toString();
  }
}
