package streamcache.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which API request a link to a panel leads to, on the same account. */
final class XtreamFilmTest {

  @ParameterizedTest
  @CsvSource({
    "http://h:8080/movie/user/pass/4711.mkv, http://h:8080, user, pass",
    "https://h/movie/user/pass/4711, https://h, user, pass",
    "http://h/movie/user/pass/4711.mp4?x=1, http://h, user, pass",
    "http://h/movie/a%20b/p%26q+r/4711.mkv, http://h, a%20b, p%26q%2Br",
    "http://h/movie/u@x/p=q/4711.mkv, http://h, u%40x, p%3Dq"
  })
  void film_isAskedAboutOnItsAccount(String url, String host, String user, String password)
      throws BadLink {
    Link film = link(url);
    XtreamFilm asked = XtreamFilm.of(film).orElseThrow();
    assertThat(asked.id()).isEqualTo("4711");
    assertThat(asked.question().url().reveal())
        .isEqualTo(
            host
                + "/player_api.php?username="
                + user
                + "&password="
                + password
                + "&action=get_vod_info&vod_id=4711");
    assertThat(asked.question().account()).isEqualTo(film.account());
    assertThat(link(asked.question().url().reveal()).account()).isEqualTo(film.account());
    assertThat(asked + " " + asked.question()).doesNotContain(user).doesNotContain(password);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://h/series/user/pass/4711.mkv",
        "http://h/live/user/pass/4711.ts",
        "http://h/user/pass/4711",
        "http://h/movie/user/pass/film.mkv",
        "http://h/movie/user/pass/a/4711.mkv",
        "http://h/x/movie/user/pass/4711.mkv",
        "http://h/4711.mkv"
      })
  void anythingElse_isNotAskedAbout(String url) throws BadLink {
    assertThat(XtreamFilm.of(link(url))).isEmpty();
  }

  @Test
  void headersOfTheLink_goWithTheQuestion() throws BadLink {
    Link film = link("http://h/movie/user/pass/1.mkv|User-Agent=Box");
    assertThat(XtreamFilm.of(film).orElseThrow().question().headers())
        .containsEntry("user-agent", "Box");
  }

  private static Link link(String text) throws BadLink {
    LinkCodec codec = new LinkCodec();
    return codec.decode(codec.encode(text));
  }
}
