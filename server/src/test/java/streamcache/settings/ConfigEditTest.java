package streamcache.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A change of one setting leaves everything else of the file as it is. Prints its seed. */
final class ConfigEditTest {

  private static final int ROUNDS = 20_000;

  private static final List<String> NAMES =
      List.of("PORT", "COMPLETE_AFTER", "ADMISSION", "MAX_CONNECTIONS", "AGENT");

  private static final List<String> VALUES =
      List.of("1", "50%", "a b", "x #y", "it's", "\"in\"", "'in'", "a=b", "#", "[x]", "ä", "C:\\");

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private String line() {
    return switch (random.nextInt(8)) {
      case 0 -> "";
      case 1 -> "# about " + one(NAMES);
      case 2 -> "  #" + one(NAMES) + "=7";
      case 3 -> "[provider " + one(List.of("a.example", "b.example:80", "*")) + "]  # note";
      case 4 -> "[import tv]";
      case 5 -> "  " + one(NAMES).toLowerCase(java.util.Locale.ROOT) + " =  old   # why";
      case 6 -> one(NAMES) + "=\"old # one\"";
      default -> one(NAMES) + "=" + one(List.of("old", "'o'", ""));
    };
  }

  private String file() {
    String end = one(List.of("\n", "\r\n", "\r"));
    StringBuilder text = new StringBuilder(random.nextInt(8) == 0 ? "\ufeff" : "");
    int lines = random.nextInt(12);
    for (int at = 0; at < lines; at++) {
      text.append(line());
      text.append(at + 1 < lines || random.nextBoolean() ? end : "");
    }
    return text.toString();
  }

  /** What the file says, by part and name; the last line counts, as at a start. */
  private static Map<String, String> read(String text) {
    List<String> problems = new ArrayList<>();
    ConfigFile.Text read =
        ConfigFile.read(Path.of("f"), text.getBytes(StandardCharsets.UTF_8), problems);
    assertThat(problems).isEmpty();
    Map<String, String> all = new LinkedHashMap<>();
    read.lines().forEach(line -> put(all, "", line));
    int number = 0;
    for (ConfigFile.Block block : read.blocks()) {
      String part = number++ + block.head();
      block.lines().forEach(line -> put(all, part, line));
    }
    return all;
  }

  private static void put(Map<String, String> all, String part, ConfigFile.Line line) {
    all.put(part + " " + Setting.canonicalName(line.name()), line.value());
  }

  private static List<String> comments(String text) {
    return text.replace("\ufeff", "")
        .lines()
        .filter(line -> line.isBlank() || line.strip().startsWith("#"))
        .toList();
  }

  @Test
  void set_anyFile_changesThatSettingOnly() {
    System.out.println("ConfigEditTest seed " + seed);
    for (int round = 0; round < ROUNDS; round++) {
      String before = file();
      String name = one(NAMES);
      String value = one(VALUES);
      ConfigEdit edit = new ConfigEdit(before);
      assertThat(edit.text()).as("seed %d: unchanged", seed).isEqualTo(before);

      boolean fits = edit.set(Optional.empty(), name, value);

      String after = edit.text();
      Map<String, String> expected = read(before);
      if (!fits) {
        assertThat(after).isEqualTo(before);
        continue;
      }
      expected.put(" " + name, value);
      assertThat(read(after)).as("seed %d: %s", seed, before).isEqualTo(expected);
      assertThat(comments(after)).as("seed %d", seed).isEqualTo(comments(before));
      expectOneLineDiffers(before, after);
    }
  }

  /** Also where a value is the same as before. */
  private void expectOneLineDiffers(String before, String after) {
    List<String> old = before.replace("\ufeff", "").lines().toList();
    List<String> now = new ArrayList<>(after.replace("\ufeff", "").lines().toList());
    assertThat(now.size() - old.size()).isBetween(0, 1);
    int same = 0;
    while (same < old.size() && old.get(same).equals(now.get(same))) {
      same++;
    }
    if (now.size() == old.size() && same < old.size()) {
      String comment = old.get(same).contains("# why") ? "# why" : "";
      assertThat(now.get(same)).as("seed %d", seed).endsWith(comment);
      now.set(same, old.get(same));
    } else if (now.size() > old.size()) {
      now.remove(same);
    }
    assertThat(now).as("seed %d", seed).isEqualTo(old);
  }

  @Test
  void remove_anyFile_removesThatSettingOnly() {
    System.out.println("ConfigEditTest seed " + seed);
    for (int round = 0; round < ROUNDS; round++) {
      String before = file();
      String name = one(NAMES);
      ConfigEdit edit = new ConfigEdit(before);

      edit.remove(Optional.empty(), List.of(name));

      Map<String, String> expected = read(before);
      expected.remove(" " + name);
      assertThat(read(edit.text())).as("seed %d: %s", seed, before).isEqualTo(expected);
      assertThat(comments(edit.text())).isEqualTo(comments(before));
    }
  }

  @Test
  void set_inABlock_leavesOtherBlocksAndTheirComments() {
    HostGlob b = HostGlob.parse("b.example").orElseThrow();
    ConfigEdit edit =
        new ConfigEdit(
            """
            PORT=1
            # a
            [provider a.example]
            AGENT=x

            # about b
            [provider B.example.]  # the second
              max-connections = 3   # contract
            # end
            """);

    assertThat(edit.set(Optional.of(b), "MAX_CONNECTIONS", "2")).isTrue();
    assertThat(edit.set(Optional.of(b), "AGENT", "Player # 1")).isTrue();
    assertThat(edit.set(Optional.empty(), "ADMISSION", "share")).isTrue();

    assertThat(edit.text())
        .isEqualTo(
            """
            PORT=1
            ADMISSION=share
            # a
            [provider a.example]
            AGENT=x

            # about b
            [provider B.example.]  # the second
              max-connections = 2   # contract
            AGENT="Player # 1"
            # end
            """);
    edit.removeBlock(HostGlob.parse("a.example").orElseThrow());
    assertThat(edit.text()).doesNotContain("a.example").contains("# a\n", "# about b\n");
  }

  @Test
  void set_newBlock_isAddedAtTheEnd() {
    HostGlob hosts = HostGlob.parse("*.example:80").orElseThrow();
    ConfigEdit edit = new ConfigEdit("# mine\r\nPORT=1");

    assertThat(edit.set(Optional.of(hosts), "MAX_CONNECTIONS", "2")).isTrue();

    assertThat(edit.text())
        .isEqualTo("# mine\r\nPORT=1\r\n\r\n[provider *.example:80]\r\nMAX_CONNECTIONS=2\r\n");
  }

  @Test
  void set_valueThatNoLineCanHold_changesNothing() {
    ConfigEdit edit = new ConfigEdit("AGENT=x\n");

    assertThat(edit.set(Optional.empty(), "AGENT", "\"a\" # 'b'")).isFalse();
    assertThat(edit.set(Optional.empty(), "AGENT", "a\nPORT=1")).isFalse();

    assertThat(edit.text()).isEqualTo("AGENT=x\n");
  }
}
