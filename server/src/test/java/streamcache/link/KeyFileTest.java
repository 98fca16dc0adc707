package streamcache.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyFileTest {

  private static final String URL = "http://h/movie/anna/PASS/1.mkv";
  private static final String KEY = "A".repeat(43);

  @TempDir Path folder;

  @Test
  void openOrMake_firstStart_makesAKeyForTheOwnerOnlyAndKeepsIt() throws Exception {
    Path path = folder.resolve("config/streamcache/secret.key");
    KeyFile file = new KeyFile(path);
    assertThat(file.open()).isEmpty();

    String link = sealed(file.openOrMake());

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(path))
        .matches("[A-Za-z0-9] [\\w-]{43}  # made \\d{4}-\\d\\d-\\d\\d\n");
    assertThat(files(path.getParent())).containsExactly("secret.key");
    assertThat(file.warnings()).isEmpty();
    assertThat(opens(new KeyFile(path).openOrMake(), link)).isTrue();
  }

  @Test
  void openOrMake_twoFolders_haveKeysOfTheirOwn() throws Exception {
    String link = sealed(new KeyFile(folder.resolve("a/secret.key")).openOrMake());

    assertThat(opens(new KeyFile(folder.resolve("b/secret.key")).openOrMake(), link)).isFalse();
  }

  @Test
  void openOrMake_manyAtOnce_agreeOnOneKey() throws Exception {
    int starts = 8;
    CyclicBarrier together = new CyclicBarrier(starts);
    Callable<KeyRing> start =
        () -> {
          together.await();
          return new KeyFile(folder.resolve("secret.key")).openOrMake();
        };
    try (ExecutorService processes = Executors.newFixedThreadPool(starts)) {
      List<Future<KeyRing>> rings =
          processes.invokeAll(Stream.generate(() -> start).limit(starts).toList());
      String link = sealed(rings.getFirst().get());
      for (Future<KeyRing> ring : rings) {
        assertThat(opens(ring.get(), link)).isTrue();
      }
    }
    assertThat(files(folder)).containsExactly("secret.key");
  }

  @Test
  void rotate_newKeyMakesAndOldOnesRead() throws Exception {
    Path path = folder.resolve("secret.key");
    KeyFile file = new KeyFile(path);
    String first = sealed(file.rotate());
    String second = sealed(file.rotate());

    KeyRing keys = file.rotate();

    assertThat(keys.ids()).hasSize(3).doesNotHaveDuplicates();
    assertThat(opens(keys, first)).isTrue();
    assertThat(opens(keys, second)).isTrue();
    String third = sealed(new KeyFile(path).openOrMake());
    assertThat(third).startsWith("/e/" + keys.ids().getFirst()).isNotEqualTo(second);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    assertThat(files(folder)).containsExactly("secret.key");

    // The owner removes the oldest key by hand.
    List<String> lines = Files.readAllLines(path);
    Files.write(path, lines.subList(0, 2));
    assertThat(opens(file.openOrMake(), second)).isTrue();
    assertThat(opens(file.openOrMake(), first)).isFalse();
  }

  @Test
  void rotate_symbolicLink_keepsTheLink() throws Exception {
    Path real = Files.createDirectory(folder.resolve("real")).resolve("key");
    Path path = folder.resolve("secret.key");
    Files.createSymbolicLink(path, real);
    Files.writeString(real, "a " + KEY + "\n");

    assertThat(new KeyFile(path).rotate().ids()).hasSize(2).endsWith('a');

    assertThat(Files.isSymbolicLink(path)).isTrue();
    assertThat(Files.readAllLines(real)).hasSize(2);
  }

  @Test
  void rotate_everyLetterTaken_saysWhatToDo() throws Exception {
    Path path = folder.resolve("secret.key");
    StringBuilder lines = new StringBuilder();
    KeyLines.letters().forEach(id -> lines.append(id).append(' ').append(KEY).append('\n'));
    Files.writeString(path, lines);

    assertThatThrownBy(() -> new KeyFile(path).rotate()).hasMessageContaining("oldest");
    assertThat(Files.readString(path)).isEqualTo(lines.toString());
  }

  @Test
  void open_commentsBlanksAndWindowsLines_areFine() throws Exception {
    Path path = folder.resolve("secret.key");
    Files.writeString(
        path, "# ours\r\n\r\n  b " + KEY + "  # new\r\n\t\na " + KEY.replace('A', 'B') + "A=");

    assertThatThrownBy(() -> new KeyFile(path).open()).hasMessageContaining("line 5");

    Files.writeString(path, "# ours\r\n\r\n  b " + KEY + "  # new\r\n\t\na " + KEY + "=");
    assertThat(new KeyFile(path).open().orElseThrow().ids()).containsExactly('b', 'a');
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw-r--r--", "rw-rw-rw-", "r--r--r--", "rwx------"})
  void open_othersMayRead_isMendedAndSaid(String permissions) throws Exception {
    Path path = folder.resolve("secret.key");
    KeyFile file = new KeyFile(path);
    KeyRing made = file.openOrMake();
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));

    KeyRing opened = file.openOrMake();

    assertThat(opens(opened, sealed(made))).isTrue();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    assertThat(file.warnings()).singleElement().asString().contains(path.toString(), "corrected");
  }

  @Test
  void open_ownersFileThatMayNotBeWritten_isFine() throws Exception {
    Path path = folder.resolve("secret.key");
    KeyFile file = new KeyFile(path);
    KeyRing made = file.openOrMake();
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r--------"));

    assertThat(opens(file.openOrMake(), sealed(made))).isTrue();
    assertThat(file.warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n# only words\n",
        "a",
        "a \n",
        "a AAAA\n",
        "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n",
        "PASSWORD=secret-of-mine\n",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "{\"key\": \"x\"}",
        "\u0000\u0001\u0002",
      })
  void open_foreignOrCutShort_saysSoAndShowsNothing(String text) throws Exception {
    Path path = folder.resolve("secret.key");
    Files.write(path, text.getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> new KeyFile(path).openOrMake())
        .isInstanceOf(KeyFileException.class)
        .hasMessageContaining(path.toString())
        .hasMessageEndingWith(".")
        .hasMessageNotContainingAny("secret-of-mine", "MIIE");
    assertThat(Files.readAllBytes(path)).isEqualTo(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void open_everyTruncationOfAGoodFile_isNoticed() throws Exception {
    Path path = folder.resolve("secret.key");
    new KeyFile(path).openOrMake();
    byte[] whole = Files.readAllBytes(path);
    for (int length = 0; length < 2 + 43; length++) {
      Files.write(path, java.util.Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> new KeyFile(path).open()).isInstanceOf(KeyFileException.class);
    }
  }

  @Test
  void open_sameLetterTwice_isRefused() throws Exception {
    Path path = folder.resolve("secret.key");
    Files.writeString(path, "a " + KEY + "\na " + KEY + "\n");

    assertThatThrownBy(() -> new KeyFile(path).open()).hasMessageContaining("line 2");
  }

  @Test
  void open_folderOrHugeFile_saysSo() throws Exception {
    assertThatThrownBy(() -> new KeyFile(folder).openOrMake()).hasMessageContaining("not a file");
    Path huge = folder.resolve("film.mkv");
    Files.write(huge, new byte[100_000]);
    assertThatThrownBy(() -> new KeyFile(huge).openOrMake()).hasMessageContaining("too large");
  }

  @Test
  void openOrMake_placeThatCannotBeWritten_saysWhatToDo() throws Exception {
    Path blocked = Files.writeString(folder.resolve("file"), "x").resolve("secret.key");

    assertThatThrownBy(() -> new KeyFile(blocked).openOrMake())
        .isInstanceOf(KeyFileException.class)
        .hasMessageContaining("SECRET_KEY_FILE");
  }

  private static String sealed(KeyRing keys) throws BadLink {
    return new Links(keys).make(LinkForm.SEALED, URL, Optional.empty());
  }

  private static boolean opens(KeyRing keys, String link) {
    try {
      return new Links(keys).open(link).link().source().reveal().equals(URL);
    } catch (BadLink bad) {
      return false;
    }
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
