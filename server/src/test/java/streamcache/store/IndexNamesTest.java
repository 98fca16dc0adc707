package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.durable.Disk;
import streamcache.link.TitleKey;
import streamcache.store.Index.Opened;

/** The names in the index: they cost nothing but a look into the sidecars when they are lost. */
final class IndexNamesTest {

  private static final TitleLabel LABEL = TitleLabel.of("Ein Film (漢字) 😀.mkv", "cdn.example");
  private static final TitleUse NAMED =
      new TitleUse(new TitleKey("a".repeat(26)), 4096, -1, 5, 6, 7, true, false).labeled(LABEL);
  private static final TitleUse UNNAMED =
      new TitleUse(new TitleKey("b".repeat(26)), 8192, 9000, 6, 1, 2, false, false);

  @TempDir private Path folder;

  @BeforeEach
  void makeSidecars() throws IOException {
    for (TitleUse use : List.of(NAMED, UNNAMED)) {
      Path shard = Files.createDirectories(folder.resolve("media").resolve("7f"));
      Files.write(shard.resolve(use.key().value() + ".st"), new byte[0]);
    }
  }

  private Path names() {
    return folder.resolve("index.names");
  }

  private Opened open() {
    return Index.open(Disk.system(), folder);
  }

  private void closeWithBoth() throws IOException {
    Index index = open().index();
    index.touch(NAMED);
    index.touch(UNNAMED);
    index.close();
  }

  private static void holdsBothWithoutNames(Opened opened, String what) {
    assertThat(opened.index().uses())
        .as(what)
        .containsExactlyInAnyOrder(NAMED.labeled(TitleLabel.UNKNOWN), UNNAMED);
    assertThat(opened.reread()).as(what).isEmpty();
    assertThat(opened.clean()).as(what).isTrue();
  }

  @Test
  void open_afterAClose_knowsTheNames() throws IOException {
    closeWithBoth();

    assertThat(open().index().uses()).containsExactlyInAnyOrder(NAMED, UNNAMED);
  }

  @Test
  void open_namesDamagedOrCutAnywhere_losesNothingElse() throws IOException {
    closeWithBoth();
    byte[] good = Files.readAllBytes(names());
    for (int at = 0; at < good.length; at++) {
      byte[] bad = good.clone();
      bad[at] ^= 0x20;
      Files.write(names(), bad);
      Opened damaged = open();
      holdsBothWithoutNames(damaged, "byte " + at);
      damaged.index().close();
      Files.write(names(), Arrays.copyOf(good, at));
      Opened cut = open();
      holdsBothWithoutNames(cut, "length " + at);
      cut.index().close();
    }
    Files.delete(names());
    holdsBothWithoutNames(open(), "no file");
  }

  @Test
  void label_titleNotedMeanwhile_keepsItsNewName() throws IOException {
    Index index = open().index();
    index.touch(NAMED);
    index.touch(UNNAMED);

    index.label(NAMED.key(), TitleLabel.of("an earlier name", "h"));
    index.label(UNNAMED.key(), LABEL);
    index.label(new TitleKey("c".repeat(26)), LABEL);
    index.close();

    assertThat(open().index().uses()).containsExactlyInAnyOrder(NAMED, UNNAMED.labeled(LABEL));
  }

  /** Most saves follow plays of titles whose names are written already. */
  @Test
  void save_noNewName_doesNotWriteThem() throws IOException {
    closeWithBoth();
    Files.delete(names());
    Index index = open().index();
    index.save();
    assertThat(names()).doesNotExist();
    index.label(UNNAMED.key(), LABEL);

    index.save();

    assertThat(names()).exists();
  }

  /** A stop that is not clean costs a look at every title. */
  @Test
  void close_fileOfAnotherProgram_isLeftAlone_andTheStopIsClean() throws IOException {
    Files.writeString(names(), "a list of somebody's children");

    closeWithBoth();

    assertThat(names()).hasContent("a list of somebody's children");
    holdsBothWithoutNames(open(), "foreign");
  }
}
