package streamcache.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.settings.AdminSettings;
import streamcache.settings.SecretText;

final class AdminTokenTest {

  @TempDir Path folder;
  private final List<String> warnings = new ArrayList<>();

  private AdminSettings settings(Optional<SecretText> token) {
    return new AdminSettings(token, Optional.empty(), folder.resolve("config"), List.of());
  }

  private Optional<AdminToken> opened() {
    return AdminToken.openOrMake(settings(Optional.empty()), warnings::add);
  }

  @Test
  void openOrMake_firstStart_makesATokenThatOnlyTheOwnerMayRead() throws IOException {
    AdminToken made = opened().orElseThrow();

    assertThat(made.isNew()).isTrue();
    Path file = made.file().orElseThrow();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(made.text().reveal()).hasSize(43).isEqualTo(Files.readString(file).strip());
    assertThat(made.toString()).doesNotContain(made.text().reveal());

    AdminToken again = opened().orElseThrow();
    assertThat(again.isNew()).isFalse();
    assertThat(again.text()).isEqualTo(made.text());
    assertThat(warnings).isEmpty();
  }

  @Test
  void openOrMake_tokenInTheSettings_makesNoFile() {
    SecretText set = new SecretText("from-the-settings");

    assertThat(AdminToken.openOrMake(settings(Optional.of(set)), warnings::add))
        .contains(new AdminToken(set, Optional.empty(), /* isNew= */ false));
    assertThat(folder.resolve("config")).doesNotExist();
  }

  @Test
  void open_commandBeforeTheFirstStart_makesNone() {
    assertThat(AdminToken.open(settings(Optional.empty()), warnings::add)).isEmpty();
    assertThat(folder.resolve("config")).doesNotExist();
    assertThat(warnings).isEmpty();
  }

  @Test
  void openOrMake_fileThatOthersCouldRead_isMendedAloud() throws IOException {
    Path file = opened().orElseThrow().file().orElseThrow();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(opened()).isPresent();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(warnings).singleElement().asString().contains("could be read");
  }

  @Test
  void openOrMake_noFileAndNoFolder_startsWithoutAnOperator() throws IOException {
    Files.writeString(folder.resolve("config"), "a file in the place of the folder");

    assertThat(opened()).isEmpty();
    assertThat(warnings).singleElement().asString().contains("ADMIN_TOKEN");
  }

  @Test
  void openOrMake_emptyFile_isNoToken() throws IOException {
    Files.createDirectory(folder.resolve("config"));
    Files.writeString(folder.resolve("config").resolve("admin.token"), "\n");

    assertThat(opened()).isEmpty();
    assertThat(warnings).anyMatch(warning -> warning.contains("holds no token"));
  }
}
