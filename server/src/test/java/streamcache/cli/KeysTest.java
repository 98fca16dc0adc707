package streamcache.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamcache.link.KeyFileException;
import streamcache.link.KeyRing;
import streamcache.settings.LinkSettings;
import streamcache.settings.RequireSigned;

/** How start-up handles the key file. */
final class KeysTest {

  @TempDir Path folder;

  private final List<String> news = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  @Test
  void openOrMake_firstAndSecondStart_tellOfTheNewKeyOnce() throws IOException {
    Path path = folder.resolve("config/secret.key");

    KeyRing made = open(path, false, RequireSigned.PUBLIC);
    assertThat(news).singleElement().asString().contains("Created a key", path.toString());
    news.clear();

    assertThat(open(path, false, RequireSigned.PUBLIC).ids()).isEqualTo(made.ids());
    assertThat(news).isEmpty();
    assertThat(warnings).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "false, PUBLIC, true",
    "false, OFF,    true",
    "false, ALWAYS, false",
    "true,  PUBLIC, false",
  })
  void openOrMake_noPlaceForAKey_startsOnlyWhereNobodyNeedsOne(
      boolean named, RequireSigned required, boolean starts) throws IOException {
    Path path = Files.writeString(folder.resolve("file"), "").resolve("below/secret.key");
    if (!starts) {
      assertThatThrownBy(() -> open(path, named, required)).isInstanceOf(KeyFileException.class);
      return;
    }
    assertThat(open(path, named, required).isEmpty()).isTrue();
    assertThat(warnings).singleElement().asString().contains("only plain links", path.toString());
  }

  @Test
  void openOrMake_spoiltFile_isNeverReplaced() throws IOException {
    Path path = Files.writeString(folder.resolve("secret.key"), "a AAAA");

    assertThatThrownBy(() -> open(path, false, RequireSigned.PUBLIC))
        .isInstanceOf(KeyFileException.class)
        .hasMessageContaining("truncated");
    assertThat(Files.readString(path)).isEqualTo("a AAAA");
  }

  @Test
  void openOrMake_othersMayRead_isSaid() throws IOException {
    Path path = folder.resolve("secret.key");
    open(path, false, RequireSigned.PUBLIC);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));

    open(path, false, RequireSigned.PUBLIC);

    assertThat(warnings).singleElement().asString().contains("corrected");
  }

  private KeyRing open(Path path, boolean named, RequireSigned required) throws IOException {
    LinkSettings settings = new LinkSettings(required, List.of(), path, named, Optional.empty());
    return Keys.openOrMake(settings, news::add, warnings::add);
  }
}
