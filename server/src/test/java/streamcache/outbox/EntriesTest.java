package streamcache.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.durable.Journal;

/** Entries are in their journal, and in memory when the disk refuses them. */
final class EntriesTest {

  /** Numbers; what is none cannot be read. */
  private static final Entries.Codec<Integer> NUMBERS =
      new Entries.Codec<>() {
        @Override
        public String write(Integer entry) {
          return Integer.toString(entry);
        }

        @Override
        public Optional<Integer> read(String text) {
          return text.matches("\\d+") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
        }
      };

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("outbox").resolve("journal");
  }

  private Entries<Integer> open() throws IOException {
    return Entries.open(file(), NUMBERS);
  }

  @Test
  void open_afterChanges_hasWhatWasPutAndNotWhatWasRemoved() throws IOException {
    Entries<Integer> entries = open();
    entries.put("a", 1);
    entries.put("b", 2);
    entries.put("a", 3);
    entries.remove("b");

    Entries<Integer> again = open();

    assertThat(again.all()).containsExactly(3);
    assertThat(again.of("a")).contains(3);
    assertThat(again.of("b")).isEmpty();
  }

  @Test
  void open_entryThatCannotBeRead_losesOnlyThisOne() throws IOException {
    Journal journal = Journal.open(file());
    journal.put("spoilt", "x");
    journal.put("good", "5");

    assertThat(open().all()).containsExactly(5);
  }

  @Test
  void put_diskRefuses_keepsTheEntryAndSavesItLater() throws IOException {
    Entries<Integer> entries = open();
    entries.put("a", 1);
    Path away = folder.resolve("away");
    Files.move(file().getParent(), away);
    Files.createFile(file().getParent());

    assertThatThrownBy(() -> entries.put("a", 2)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> entries.put("b", 3)).isInstanceOf(IOException.class);
    assertThat(entries.all()).containsExactly(2, 3);
    assertThat(entries.isSaved()).isFalse();
    Files.delete(file().getParent());
    Files.move(away, file().getParent());
    entries.saveRest();

    assertThat(entries.isSaved()).isTrue();
    assertThat(open().all()).containsExactly(2, 3);
  }

  @Test
  void refresh_anotherProcessChangedAnEntry_takesItsChange() throws IOException {
    Entries<Integer> entries = open();
    entries.put("a", 1);
    Journal.open(file()).put("a", "9");

    assertThat(entries.refresh()).containsExactly("a");

    assertThat(entries.all()).containsExactly(9);
  }
}
