package streamcache.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which title a line of a .strm file refers to, whatever the form and address of its link. */
final class StrmLineTest {

  private static final String URL = "http://provider.example/movie/user/pass/4711.mkv";

  @TempDir Path folder;
  private Links links;

  @BeforeEach
  void open() throws IOException {
    links = new Links(new KeyFile(folder.resolve("secret.key")).openOrMake());
  }

  @ParameterizedTest
  @EnumSource
  void titleOf_linkOfAnyForm_isItsTitle(LinkForm form) throws BadLink {
    String path = links.make(form, URL, Optional.empty());
    for (String line :
        new String[] {
          "http://nas:8080" + path,
          "https://films.example/below/a/path" + path + "?tmdb=603&type=movie",
          "\thttp://[fd00::1]:8080" + path + "\r",
          "http://nas:8080/" + path,
          "http://nas:8080/below//" + path,
          "http://nas:8080" + path + "/",
          path
        }) {
      assertThat(links.titleOf(line)).as(line).contains(key());
    }
  }

  @Test
  void titleOf_expiredLink_isItsTitle() throws BadLink {
    String path = links.make(LinkForm.SEALED, URL, Optional.of(Instant.EPOCH));
    assertThat(links.titleOf("http://nas:8080" + path)).contains(key());
  }

  @ParameterizedTest
  @ValueSource(strings = {URL, "HTTP://Provider.example:80/movie/user/pass/4711.mkv#x", " " + URL})
  void titleOf_theProvidersUrl_isItsTitle(String line) throws BadLink {
    assertThat(links.titleOf(line)).contains(key());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plugin://plugin.video.x/?id=1",
        "/media/film.mkv",
        "smb://nas/film.mkv",
        "http://",
        "http://nas/e/Aabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuv/x.mkv\u0000"
      })
  void titleOf_anythingElse_isNone(String line) {
    assertThat(links.titleOf(line)).isEmpty();
  }

  private TitleKey key() throws BadLink {
    return links.open(links.make(LinkForm.PLAIN, URL, Optional.empty())).link().key();
  }
}
