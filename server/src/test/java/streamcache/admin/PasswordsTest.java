package streamcache.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Log-ins take turns, so that a crowd of guessers takes the memory of one digest. */
final class PasswordsTest {

  @TempDir Path folder;

  @Test
  @Timeout(value = 30, unit = TimeUnit.SECONDS)
  void inTurn_anotherHasTheTurn_waitsAndIsRefused() throws ApiException {
    Passwords passwords = new Passwords(folder, /* mostWait= */ Duration.ofMillis(1));

    ApiException refused =
        passwords.inTurn(() ->
            catchThrowableOfType(
                ApiException.class, () -> assertThat(passwords.inTurn(() -> true)).isTrue()));

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.sentence()).contains("Too many log-ins are waiting");
    assertThat(passwords.inTurn(() -> true)).as("the turn is over").isTrue();
  }

  @Test
  void inTurn_actionFails_theTurnIsOver() throws ApiException {
    Passwords passwords = new Passwords(folder, /* mostWait= */ Duration.ofMillis(1));

    ApiException failed =
        catchThrowableOfType(
            ApiException.class,
            () -> {
              boolean _ =
                  passwords.inTurn(() -> {
                    throw ApiException.badRequest("wrong");
                  });
            });

    assertThat(failed.status()).isEqualTo(400);
    assertThat(passwords.inTurn(() -> true)).isTrue();
  }
}
