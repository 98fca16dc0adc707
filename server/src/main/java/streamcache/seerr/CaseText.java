package streamcache.seerr;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A case as one line of JSON. Pure. */
final class CaseText {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .changeDefaultVisibility(shown -> shown.withIsGetterVisibility(Visibility.NONE))
          .build();

  private CaseText() {}

  static String write(Case written) {
    return JSON.writeValueAsString(written);
  }

  /** Empty if the text cannot be read; only this case is lost. */
  static Optional<Case> read(String text) {
    try {
      return Optional.of(JSON.readValue(text, Case.class));
    } catch (JacksonException | NullPointerException spoilt) {
      return Optional.empty();
    }
  }
}
