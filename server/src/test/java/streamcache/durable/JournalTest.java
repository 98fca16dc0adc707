package streamcache.durable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalTest {

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("outbox").resolve("test.journal");
  }

  @Test
  void put_thenOpenedAgain_isThere() throws IOException {
    Journal journal = Journal.open(file());
    journal.put("a", "{\"x\":1}");
    journal.put("b", "text with blanks, ä and \ud83d\ude00");
    journal.put("a", "{\"x\":2}");
    journal.put("c", "");
    journal.remove("c");
    Map<String, String> expected =
        Map.of("a", "{\"x\":2}", "b", "text with blanks, ä and \ud83d\ude00");
    assertThat(journal.entries()).isEqualTo(expected);
    assertThat(Journal.open(file()).entries()).isEqualTo(expected);
    assertThat(Journal.read(file())).isEqualTo(expected);
    assertThat(Journal.open(file()).entries().keySet()).containsExactly("a", "b");
  }

  @Test
  void put_whatIsNoLine_isRefused() throws IOException {
    Journal journal = Journal.open(file());
    for (String id : List.of("", "a b", "a\nb")) {
      assertThatThrownBy(() -> journal.put(id, "x")).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> journal.put("a", "x\ny")).isInstanceOf(IllegalArgumentException.class);
    assertThat(Journal.open(file()).entries()).isEmpty();
  }

  @Test
  void read_whereNothingIs_isEmptyAndMakesNothing() throws IOException {
    assertThat(Journal.read(file())).isEmpty();
    assertThat(Files.exists(file().getParent())).isFalse();
  }

  @Test
  void open_foreignFile_isRefusedAndLeftAlone() throws IOException {
    Files.createDirectories(file().getParent());
    for (String foreign : List.of("a letter to my aunt\n", "streamcache-outbox 2 x\n")) {
      Files.writeString(file(), foreign);
      assertThatThrownBy(() -> Journal.open(file()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("test.journal is not an outbox that this version can read");
      assertThat(Files.readString(file())).isEqualTo(foreign);
    }
  }

  /** A kill truncates the last line at any byte: earlier entries survive, and writing goes on. */
  @Test
  void open_tornAtAnyByte_hasWhatWasPutBefore() throws IOException {
    long seed = new Random().nextLong();
    System.out.println("JournalTest seed " + seed);
    Random random = new Random(seed);
    Journal journal = Journal.open(file());
    List<Map<String, String>> states = new ArrayList<>(List.of(Map.of()));
    List<Long> ends = new ArrayList<>(List.of(Files.size(file())));
    for (int step = 0; step < 30; step++) {
      String id = "id" + random.nextInt(6);
      if (random.nextInt(4) == 0) {
        journal.remove(id);
      } else {
        journal.put(id, "{\"n\":" + random.nextInt() + ",\"ü\":\"" + "x".repeat(step) + "\"}");
      }
      states.add(new LinkedHashMap<>(journal.entries()));
      ends.add(Files.size(file()));
    }
    byte[] whole = Files.readAllBytes(file());
    int step = 0;
    for (int cut = Math.toIntExact(ends.getFirst()); cut <= whole.length; cut++) {
      step += step + 1 < ends.size() && ends.get(step + 1) <= cut ? 1 : 0;
      Files.write(file(), java.util.Arrays.copyOf(whole, cut));
      assertThat(Journal.read(file())).as("cut at " + cut).isEqualTo(states.get(step));
      Journal again = Journal.open(file());
      assertThat(again.entries()).as("cut at " + cut).isEqualTo(states.get(step));
      again.put("new", "one");
      assertThat(Journal.open(file()).entries()).containsEntry("new", "one");
      assertThat(Journal.open(file()).entries()).hasSize(states.get(step).size() + 1);
    }
  }

  @Test
  void open_spoiltLine_losesThatOneOnly() throws IOException {
    Journal journal = Journal.open(file());
    journal.put("a", "one");
    journal.put("b", "two");
    journal.put("c", "three");
    String text = Files.readString(file()).replace(" b two", " b tvo");
    Files.writeString(file(), text);
    assertThat(Journal.open(file()).entries()).isEqualTo(Map.of("a", "one", "c", "three"));
    Files.writeString(file(), "\0\0\0\0\n", StandardOpenOption.APPEND);
    Journal again = Journal.open(file());
    again.put("d", "four");
    assertThat(Journal.open(file()).entries().keySet()).containsExactly("a", "c", "d");
  }

  /** The command of the operator writes while the server runs. */
  @Test
  void refresh_afterAnotherProcess_hasItsChanges() throws IOException {
    Journal server = Journal.open(file());
    server.put("a", "one");
    Journal command = Journal.open(file());
    command.put("a", "two");
    command.put("b", "new");
    assertThat(server.refresh()).containsExactlyInAnyOrder("a", "b");
    assertThat(server.refresh()).isEmpty();
    server.put("c", "three");
    command.remove("a");
    server.put("d", "four");
    assertThat(server.refresh()).containsExactly("a");
    Map<String, String> expected = Map.of("b", "new", "c", "three", "d", "four");
    assertThat(server.entries()).isEqualTo(expected);
    assertThat(Journal.open(file()).entries()).isEqualTo(expected);
  }

  @Test
  void put_often_writesAnewAndOthersSeeIt() throws IOException {
    Journal server = Journal.open(file());
    Journal other = Journal.open(file());
    other.put("kept", "yes");
    long most = 0;
    for (int round = 0; round < 1000; round++) {
      server.put("a", "round " + round);
      most = Math.max(most, Files.size(file()));
    }
    assertThat(most).isLessThan(210 * 30);
    assertThat(other.refresh()).contains("a");
    assertThat(other.entries()).isEqualTo(Map.of("kept", "yes", "a", "round 999"));
    other.put("b", "from the other");
    server.put("a", "last");
    assertThat(server.entries()).hasSize(3).containsEntry("b", "from the other");
    assertThat(Journal.open(file()).entries()).isEqualTo(server.entries());
  }

  @Test
  void put_fileWasDeleted_writesAllAgain() throws IOException {
    Journal journal = Journal.open(file());
    journal.put("a", "one");
    try (var files = Files.list(file().getParent())) {
      for (Path each : files.toList()) {
        Files.delete(each);
      }
    }
    Files.delete(file().getParent());
    journal.put("b", "two");
    assertThat(Journal.open(file()).entries()).isEqualTo(Map.of("a", "one", "b", "two"));
  }

  @Test
  void file_isReadByPeople() throws IOException {
    Journal.open(file()).put("k4vtq2", "{\"name\":\"Heidi\"}");
    assertThat(Files.readString(file(), UTF_8))
        .matches("streamcache-outbox 1 [0-9a-f-]{36}\n[0-9a-f]{8} k4vtq2 \\{\"name\":\"Heidi\"}\n");
  }
}
