package streamcache.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every URL of a panel follows from its address, a user and a password. */
final class XtreamAccountTest {

  private static XtreamAccount account(String url, String user, String password) throws BadLink {
    return XtreamAccount.of(HttpUrl.parse(url), user, password, KeyRules.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "http://panel.example:8080, ''",
    "http://panel.example:8080/, ''",
    "http://panel.example:8080/player_api.php, ''",
    "http://other@panel.example:8080/get.php?type=m3u, ''",
    "http://panel.example:8080/some/folder/, /some/folder",
  })
  void urls_anyWayToWriteThePanel_areThoseOfTheAccount(String url, String folder) throws BadLink {
    XtreamAccount account = account(url, "joe", "pw");
    String panel = "http://panel.example:8080" + folder;
    assertThat(account.film("12", "mkv")).isEqualTo(panel + "/movie/joe/pw/12.mkv");
    assertThat(account.episode("13", "mp4")).isEqualTo(panel + "/series/joe/pw/13.mp4");
    assertThat(account.channel("14")).isEqualTo(panel + "/live/joe/pw/14.ts");
    assertThat(account.question(Map.of("action", "get_series")).url().reveal())
        .isEqualTo(panel + "/player_api.php?username=joe&password=pw&action=get_series");
  }

  @Test
  void urls_specialLetters_areEscapedForPathAndQuery() throws BadLink {
    XtreamAccount account = account("http://panel.example", "a b/c", "p?w&x");
    assertThat(account.film("1", "mkv"))
        .isEqualTo("http://panel.example/movie/a%20b%2Fc/p%3Fw%26x/1.mkv");
    assertThat(account.question(Map.of()).url().target())
        .isEqualTo("/player_api.php?username=a%20b%2Fc&password=p%3Fw%26x");
  }

  /** Otherwise, an import would not count against the limit of those who play. */
  @Test
  void id_isThatOfItsFilmsAndOfItsQuestions() throws BadLink {
    XtreamAccount account = account("http://panel.example", "joe", "pw");
    assertThat(account.question(Map.of()).account()).isEqualTo(account.id());
    assertThat(account.link().account()).isEqualTo(account.id());
    assertThat(account.link().isXtream()).isTrue();
    assertThat(new LinkCodec().decode(new LinkCodec().encode(account.film("1", "mkv"))).account())
        .isEqualTo(account.id());
  }

  @Test
  void of_noPassword_isRejected_andNothingIsShown() throws BadLink {
    assertThatThrownBy(() -> account("http://panel.example", "joe", " "))
        .isInstanceOf(BadLink.class)
        .hasMessageContaining("password");
    assertThat(account("http://panel.example", "Canary1", "Canary2").toString())
        .doesNotContain("Canary");
  }
}
