package streamcache.fill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamcache.link.BadLink;
import streamcache.link.Link;
import streamcache.link.LinkCodec;
import streamcache.origin.Facts;
import streamcache.store.GenerationFacts;

/** The provider's name for a file is adopted unless it reveals the account. */
final class NewGenerationTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "attachment; filename=\"Film (2020).mkv\"                   | true",
        "inline                                                     | true",
        "attachment; filename*=UTF-8''F%C3%ABlm.mkv                 | true",
        "attachment; filename=\"anna5678.mkv\"                      | false",
        "attachment; filename=\"1-opensesame.mkv\"                  | false",
        "attachment; filename*=UTF-8''%6Fpensesame.mkv              | false",
        "attachment; filename=\"b3BlbnNlc2FtZQ==.mkv\"              | false",
        "attachment; filename=\"Film.mkv?token=x\"                  | false",
        "attachment; filename=\"http://h/Film.mkv\"                 | false",
        "attachment; filename=d41d8cd98f00b204e9800998ecf8427e.mkv  | false",
      })
  void contentDisposition_withSecrets_isLeftOut(String disposition, boolean kept) throws BadLink {
    GenerationFacts facts = facts(disposition, "cdn.example");

    assertThat(facts.contentDisposition()).isEqualTo(Optional.of(disposition).filter(_ -> kept));
    assertThat(facts.name()).isEqualTo("12.mkv");
  }

  @ParameterizedTest
  @CsvSource({
    "cdn.example,                                    cdn.example",
    "opensesame.cdn.example,                         ~.cdn.example",
    "d41d8cd98f00b204e9800998ecf8427e.cdn.example,   ~.cdn.example",
    "[2001:db8::1],                                  [2001:db8::1]",
  })
  void finalHost_withSecrets_isMasked(String host, String shown) throws BadLink {
    assertThat(facts("inline", host).finalHost()).isEqualTo(shown);
  }

  private static GenerationFacts facts(String disposition, String finalHost) throws BadLink {
    LinkCodec codec = new LinkCodec();
    Link link = codec.decode(codec.encode("http://h/movie/anna5678/opensesame/12.mkv"));
    Facts answer =
        new Facts(
            OptionalLong.of(1),
            Optional.empty(),
            Optional.empty(),
            Optional.of("video/mp4"),
            Optional.of(disposition),
            /* ranges= */ true,
            finalHost);
    return NewGeneration.facts(answer, link, Optional.of("sealed"), ByteBuffer.allocate(8));
  }
}
