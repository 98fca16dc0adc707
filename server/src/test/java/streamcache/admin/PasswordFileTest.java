package streamcache.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.settings.SecretText;

/** The file with the digest of the operator's password, and what a password may be. */
final class PasswordFileTest {

  private static final String PASSWORD = "correct horse battery";

  @TempDir Path folder;

  private PasswordFile file() {
    return new PasswordFile(folder.resolve("config"));
  }

  private boolean isRight(String typed) throws IOException {
    return file().read().orElseThrow().isOf(NewPassword.normal(typed));
  }

  @Test
  void set_password_isKeptAsADigestThatOnlyItsOwnerReads() throws IOException {
    assertThat(file().read()).isEmpty();

    file().set(NewPassword.of(PASSWORD));

    assertThat(isRight(PASSWORD)).isTrue();
    assertThat(isRight("correct horse batterz")).isFalse();
    assertThat(isRight("")).isFalse();
    assertThat(Files.readString(file().path()))
        .startsWith("$argon2id$v=19$m=7168,t=5,p=1$")
        .doesNotContain(PASSWORD);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().path())))
        .isEqualTo("rw-------");
    assertThat(file().read().orElseThrow().toString()).isEqualTo("PasswordDigest");
  }

  @Test
  void set_again_replacesItWithAnotherSalt() throws IOException {
    file().set(NewPassword.of(PASSWORD));
    String before = Files.readString(file().path());

    file().set(NewPassword.of(PASSWORD));
    assertThat(Files.readString(file().path())).isNotEqualTo(before);
    file().set(NewPassword.of("another password"));

    assertThat(isRight(PASSWORD)).isFalse();
    assertThat(isRight("another password")).isTrue();
  }

  @Test
  void setFirst_somebodyWasFaster_isRefused() throws IOException {
    assertThat(file().setFirst(NewPassword.of(PASSWORD))).isTrue();

    assertThat(file().setFirst(NewPassword.of("another password"))).isFalse();

    assertThat(isRight(PASSWORD)).isTrue();
  }

  /** Two servers may have one configuration folder. */
  @Test
  void setFirst_twoAtOnce_oneSets_andItsPasswordIsTheOne() throws Exception {
    for (int round = 0; round < 10; round++) {
      CyclicBarrier start = new CyclicBarrier(2);
      List<CompletableFuture<Boolean>> sets =
          List.of(setFirst("first password", start), setFirst("second password", start));
      List<Boolean> isSet = sets.stream().map(CompletableFuture::join).toList();

      assertThat(isSet).as("round %d", round).containsExactlyInAnyOrder(true, false);
      assertThat(isRight("first password")).isEqualTo(isSet.getFirst());
      assertThat(isRight("second password")).isEqualTo(isSet.getLast());
      Files.delete(file().path());
    }
    try (Stream<Path> drafts = Files.list(folder.resolve("config"))) {
      assertThat(drafts).isEmpty();
    }
  }

  private CompletableFuture<Boolean> setFirst(String password, CyclicBarrier start) {
    CompletableFuture<Boolean> isSet = new CompletableFuture<>();
    Thread.ofPlatform()
        .start(() -> {
          try {
            start.await();
            isSet.complete(file().setFirst(NewPassword.of(password)));
          } catch (Exception e) {
            isSet.completeExceptionally(e);
          }
        });
    return isSet;
  }

  /** Made by the reference library libargon2. */
  @Test
  void isOf_lineOfAnotherProgram_isUnderstood() {
    PasswordDigest made =
        new PasswordDigest(
            "$argon2id$v=19$m=1024,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$"
                + "MsXas4v8AHvHhLsRtHaznoPVwqbYHwCMumXLMz613Xc");

    assertThat(made.isOf(new SecretText("password"))).isTrue();
    assertThat(made.isOf(new SecretText("Password"))).isFalse();
  }

  /** Right digests, which take more memory or time than a log-in may. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "$argon2id$v=19$m=70000,t=1,p=1$c29tZXNhbHQxMjM0NTY3OA$I7byezPzmVVjBzdpa2pLKt7topgKE+EMmymhxxOffQQ",
        "$argon2id$v=19$m=1024,t=21,p=1$c29tZXNhbHQxMjM0NTY3OA$JyXfdtKPAibbQIf5907WalRakAQZ7na7knhpavgqamA",
      })
  void isOf_moreWorkThanIsAllowed_isNotDone(String line) {
    assertThat(new PasswordDigest(line).isOf(new SecretText("password"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "correct horse battery",
        "$argon2id$v=19$m=99999,t=5,p=1$c29tZXNhbHQxMjM0NTY3OA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=7168,t=99,p=1$c29tZXNhbHQxMjM0NTY3OA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "$argon2i$v=19$m=7168,t=5,p=1$c29tZXNhbHQxMjM0NTY3OA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
      })
  void read_damagedFile_isThePasswordOfNobodyAndNotNone(String text) throws IOException {
    Files.createDirectories(file().path().getParent());
    Files.writeString(file().path(), text);

    assertThat(isRight("correct horse battery")).isFalse();
    assertThat(isRight("")).isFalse();
    assertThat(file().setFirst(NewPassword.of(PASSWORD))).isFalse();
  }

  @Test
  void of_accentOnItsLetterOrBesideIt_isTheSamePassword() {
    assertThat(NewPassword.of("caf\u00e9-au-lait")).isEqualTo(NewPassword.of("cafe\u0301-au-lait"));
  }

  @Test
  void of_eightCharacters_countedAsPeopleCount() {
    assertThat(NewPassword.of("\uD83D\uDE00".repeat(8)).toString()).doesNotContain("\uD83D");
    assertThatThrownBy(() -> NewPassword.of("\uD83D\uDE00".repeat(7)))
        .hasMessage("A password has at least 8 characters.");
  }

  @Test
  void of_tooLongOrWithControls_isRefusedWithASentence() {
    assertThat(NewPassword.of("a".repeat(512)).text().reveal()).hasSize(512);
    assertThatThrownBy(() -> NewPassword.of("a".repeat(513))).hasMessageContaining("at most 512");
    assertThatThrownBy(() -> NewPassword.of("password\t1")).hasMessageContaining("control");
  }
}
