package streamcache.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names may be shown, and which contain credentials. */
final class SecretsTest {

  private static final String WORD = "Sesame77";

  private final LinkCodec codec = new LinkCodec();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://Sesame77@h/a.mkv",
        "http://u:Sesame77@h/a.mkv",
        "http://u:%53esame77@h/a.mkv",
        "http://h/movie/Sesame77/p/1.mkv",
        "http://h/movie/u/Sesame77/1.mkv",
        "http://h/deep/series/u/Sesame77/1.mkv",
        "http://h/timeshift/u/Sesame77/60/x/1.ts",
        "http://h/Sesame77/pass/1234",
        "http://h/user/Sesame77/1234.ts",
        "http://h/a.mkv?token=Sesame77",
        "http://h/a.mkv?x=1&api_key=Sesame77",
        "http://h/a.mkv?u=Sesame77&p=other",
        "http://h/a.mkv;token=Sesame77",
        "http://h/a;x=1;token=Sesame77/b.mkv",
        "http://h/a.mkv|Referer=http://r/x?token=Sesame77",
        "http://h/get.php?username=u&password=Sesame77",
        "http://h/a.mkv|Cookie=x=1; session=Sesame77",
        "http://h/a.mkv|Authorization=Bearer Sesame77",
        "http://h/a.mkv|Authorization=Sesame77",
        "http://h/a.mkv|Authorization=Basic dTpTZXNhbWU3Nw==",
      })
  void mayShow_secretOfTheLinkInAnySpelling_isNotShown(String url) throws BadLink {
    Secrets secrets = link(url, "").secrets();
    String escaped = "%53%65same77";
    byte[] word = ("xx" + WORD + "xx").getBytes(StandardCharsets.UTF_8);
    for (String name :
        new String[] {
          "Film " + WORD + ".mkv",
          WORD,
          escaped,
          escaped.replace("%", "%25"),
          escaped.replace("%", "%2525"),
          Base64.getEncoder().encodeToString(word),
          "["
              + Base64.getUrlEncoder()
                  .withoutPadding()
                  .encodeToString(("x" + WORD).getBytes(StandardCharsets.UTF_8))
              + "].mkv",
          Base64.getEncoder().encodeToString(WORD.getBytes(StandardCharsets.UTF_8)),
        }) {
      assertThat(secrets.mayShow(name)).as(url + " " + name).isFalse();
    }
    assertThat(secrets.mayShow("Film (2020) 1080p.mkv")).isTrue();
    assertThat(secrets.toString()).doesNotContain(WORD);
    assertThat(secrets.shownHost("a." + WORD + ".example")).isEqualTo("a.~.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Film.mkv",
        "Tom & Jerry; a=b.mkv",
        "Was ist los? Teil=1.mkv",
        "The.Lord.of.the.Rings.The.Return.of.the.King.2003.2160p.x265-GROUP.mkv",
        "TheLordOfTheRingsTheReturnOfTheKing.mkv",
        "GameOfThronesS01E01720pHDTVx264.mkv",
        "Show_S01E02_1080p_WEB-DL_DDP5_1_H264-NAME_with_some_more_words.mkv",
        "1234567.mkv",
        "get.php",
        "100%.mkv",
        "映画.mkv",
        "a1b2c3d4e5f6.mkv",
      })
  void mayShow_nameOfAFilm_isShown(String name) throws BadLink {
    assertThat(link("http://h/movie/USER/PASS/1.mkv?token=secret", "").secrets().mayShow(name))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://u:p@h/x.mkv",
        "film.mkv?token=abc",
        "film.mkv&password=abc",
        "film.mkv;jwt=abc",
        "film.mkv%3Fsig%3Dabc",
        "d41d8cd98f00b204e9800998ecf8427e",
        "550e8400-e29b-41d4-a716-446655440000.mkv",
        "eyJhbGciOiJIUzI1NiIsInR5cCI6.mkv",
        "Zm9vYmFy0QmF6cXV4MTIzNDU2Nzg5MA",
        "x-aB3dE_gH1jK2mN-4pQ5rS6tU_7vW8xY9zA-bC0dE1fG2hI3",
      })
  void mayShow_whatLooksLikeASecret_isNotShown(String name) throws BadLink {
    assertThat(link("http://h/a", "").secrets().mayShow(name)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "http://h/movie/Sesame77/p/Sesame77.mkv,             '',             h",
    "http://h/movie/Sesame77/p/12.mkv,                   Sesame77.mkv,   12.mkv",
    "http://h/a.mkv?token=Sesame77,                      x-Sesame77.mkv, a.mkv",
    "http://h/a.mkv?token=Sesame77,                      %2553esame77,   a.mkv",
    "http://h/d41d8cd98f00b204e9800998ecf8427e/Film.mkv, '',             Film.mkv",
    "http://h/dl/d41d8cd98f00b204e9800998ecf8427e,       '',             h",
    "http://h/film.mkv;token=abc,                        '',             h",
    "http://h/a.mkv,                                     f.mkv%3Fkey=1,  a.mkv",
    "http://u:Sesame77@Sesame77.h/,                      '',             ~.h",
  })
  void name_withASecret_isNotTaken(String url, String cosmetic, String name) throws BadLink {
    assertThat(
            link(url.replace("Sesame77.h", "sesame77.h").replace("u:S", "sesame77:S"), cosmetic)
                .name())
        .isEqualTo(name);
  }

  @Test
  void redaction_showsWhereAndHidesWhatOpensDoors() throws BadLink {
    assertThat(redacted("https://user:pass@h:8443/movie/anna/PASSWORD/Film.mkv?token=abc&x=1&flag"))
        .isEqualTo("https://~@h:8443/movie/~/~/Film.mkv?token=~&x=~&~");
    assertThat(redacted("http://h/d41d8cd98f00b204e9800998ecf8427e/a%20b.mkv"))
        .isEqualTo("http://h/~/a%20b.mkv");
    assertThat(redacted("http://h/ab/cd/1234.ts")).isEqualTo("http://h/~/~/1234.ts");
    assertThat(redacted("http://h|Cookie=abcdef")).isEqualTo("http://h/");
  }

  @ParameterizedTest
  @CsvSource({
    "no way to http://u:p@h:80/movie/a/b.mkv?x=1!, no way to http://h:80/~",
    "see https://h/ instead,                       see https://h/ instead",
    "https://h,                                    https://h",
    "http://a@b@h/x 'http://i/y',                  http://h/~ 'http://i/~'",
    "for /u/aHR0cDovL2gvYQ==/Film.mkv now,         for /u/~ now",
    "GET /cache/e/kAAAAAAAAAAAA/x HTTP/1.1,        GET /cache/e/~ HTTP/1.1",
    "/s/kAAAAAAAA/u/aHR0cDovL2gvYQ;x=1/a.mkv,      /s/~",
    "of /u/ and /e/ and /usr/share,                of /u/ and /e/ and /usr/share",
    "redis://:pw@h/0,                              redis://h/~",
  })
  void safeText_urlsAndLinks_areCutToTheHost(String text, String safe) {
    assertThat(SafeText.of(text)).isEqualTo(safe);
  }

  @Test
  void safeText_longUrl_isCutLikeAnyOther() {
    String text = "to http://h/" + "a/b?c=d&".repeat(20_000) + " and /u/" + "aHR0".repeat(20_000);

    assertThat(SafeText.of(text)).isEqualTo("to http://h/~ and /u/~");
  }

  private String redacted(String url) throws BadLink {
    return Redaction.of(link(url, ""));
  }

  private Link link(String url, String name) throws BadLink {
    return codec.decode(codec.encode(url) + (name.isEmpty() ? "" : "/" + name));
  }
}
