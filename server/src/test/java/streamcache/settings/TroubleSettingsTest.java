package streamcache.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TroubleSettingsTest {

  @TempDir Path folder;

  @Test
  void load_nothingSet_showsPlayersOurVideo() throws SettingsException {
    assertThat(load(Map.of()).trouble())
        .isEqualTo(new TroubleSettings(ErrorVideoPolicy.PLAYERS, Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "ERROR_VIDEO, on",
    "ERROR_VIDEO, player",
    "ERROR_VIDEO_FILE, /none/such.mp4",
    "ERROR_VIDEO_FILE, /"
  })
  void load_valueThatCannotBe_isOneProblem(String name, String value) {
    SettingsException problem =
        catchThrowableOfType(SettingsException.class, () -> load(Map.of(name, value)));
    assertThat(problem.problems()).hasSize(1);
    assertThat(problem.problems().getFirst()).startsWith(name + " is '" + value + "' in ");
  }

  private Settings load(Map<String, String> flags) throws SettingsException {
    return Settings.load(flags, Map.of("CONFIG_DIR", folder.toString()), new Folders(_ -> true));
  }
}
