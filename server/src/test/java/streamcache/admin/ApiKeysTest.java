package streamcache.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.testkit.FakeClock;

final class ApiKeysTest {

  @TempDir Path folder;
  private ApiKeys keys;

  @BeforeEach
  void open() {
    keys = new ApiKeys(folder.resolve("config"), new FakeClock());
  }

  @Test
  void add_key_isFoundByItsTokenAndKeptAsADigestOnly() throws IOException {
    String reader = keys.add("grafana", Role.READ);
    String operator = keys.add("script", Role.OPERATE);

    assertThat(keys.of(TokenDigest.of(reader))).map(ApiKey::role).contains(Role.READ);
    assertThat(keys.of(TokenDigest.of(operator))).map(ApiKey::name).contains("script");
    assertThat(keys.of(TokenDigest.of(reader + "x"))).isEmpty();
    assertThat(Files.readString(keys.path()))
        .contains("grafana read 2026-01-01 ")
        .doesNotContain(reader, operator);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.path())))
        .isEqualTo("rw-------");
  }

  @Test
  void add_tokens_have256RandomBits() throws IOException {
    String one = keys.add("one", Role.READ);

    assertThat(one).hasSize(43).matches("[A-Za-z0-9_-]+").isNotEqualTo(keys.add("2", Role.READ));
  }

  @Test
  void add_nameThatIsTakenOrNone_isRefused() throws IOException {
    String _ = keys.add("grafana", Role.READ);

    for (String name : List.of("grafana", "", "two words", "a\nb", "x".repeat(65))) {
      assertThatThrownBy(() -> keys.add(name, Role.READ))
          .as(name)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(keys.all()).hasSize(1);
  }

  @Test
  void remove_key_leavesTheOthers() throws IOException {
    String gone = keys.add("gone", Role.OPERATE);
    String kept = keys.add("kept", Role.READ);

    assertThat(keys.remove("gone")).isTrue();
    assertThat(keys.remove("gone")).isFalse();
    assertThat(keys.of(TokenDigest.of(gone))).isEmpty();
    assertThat(keys.of(TokenDigest.of(kept))).isPresent();
  }

  @Test
  void all_linesThatHoldNoKey_areLeftOut() throws IOException {
    String token = keys.add("good", Role.READ);
    String line = Files.readString(keys.path());
    Files.writeString(keys.path(), "# a comment\nbad admin 2026-01-01 00\n" + line);

    assertThat(keys.all()).hasSize(1);
    assertThat(keys.of(TokenDigest.of(token))).isPresent();
  }
}
