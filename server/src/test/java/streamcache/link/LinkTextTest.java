package streamcache.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A link gives back the text that it was made from, letter by letter. */
final class LinkTextTest {

  private Links links;

  @BeforeEach
  void makeKey(@TempDir Path folder) throws KeyFileException {
    links = new Links(new KeyFile(folder.resolve("secret.key")).openOrMake());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://h/a.mkv",
        "HTTP://Panel.Example:80/Movie/ü 1.mkv#start",
        "http://h/a.mkv|user-agent=VLC%2F3.0&Referer=http://x/",
        "http://user:pa%2fss@h/a?t=1|verifypeer=false&unknown=1",
        "#EXTINF:-1 tvg-id=\"x\",One\nhttp://h/live/u/p/1.ts",
      })
  void open_linkOfAnyForm_hasItsText(String text) throws BadLink {
    for (LinkForm form : LinkForm.values()) {
      OpenedLink opened = links.open(links.makeRestorable(form, text, "", Optional.empty()));
      assertThat(opened.text()).as("%s", form).isEqualTo(text);
      assertThat(opened.toString()).doesNotContain("pa%2fss");
    }
  }

  /** Before version 1 had the text, sealed links kept the parsed parts only. */
  @ParameterizedTest
  @ValueSource(strings = {"http://h/a|referer=x%26y", "#EXTINF:-1,\nhttp://u@h/a|verifypeer=false"})
  void open_sealedLinkWithoutText_hasTextOfTheSameOriginal(String text) throws BadLink {
    Payload payload = Payload.of(Original.parse(text));
    assertThat(new String(payload.encode())).doesNotContain("text=");
    assertThat(Original.parse(Payload.decode(payload.encode()).text()))
        .isEqualTo(Original.parse(text));
  }

  /** Such a name would be read as the end of the base64, which then is none. */
  @Test
  void make_nameThatCouldBeBase64_canBeRead() throws BadLink {
    for (LinkForm form : LinkForm.values()) {
      for (String url : List.of("http://h.example/a?t=1", "http://h.example/a+b?t=1")) {
        assertThat(links.open(links.make(form, url, Optional.empty())).text()).isEqualTo(url);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(LinkForm.class)
  void make_titleOfTheFile_isTheNameWithTheExtensionOfTheUrl(LinkForm form) throws BadLink {
    String path =
        links.makeRestorable(form, "http://h/movie/u/p/17.mkv", "Heat (1995)", Optional.empty());
    assertThat(path).endsWith("/Heat%20%281995%29.mkv");
    assertThat(links.open(path).link().name()).isEqualTo("Heat (1995).mkv");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "secret-password", "..", "\u0000"})
  void make_titleThatCannotBeShown_isReplacedByTheNameInTheUrl(String title) throws BadLink {
    String path =
        links.makeRestorable(
            LinkForm.SEALED,
            "http://h/movie/u/secret-password/17.mkv",
            title,
            Optional.of(Instant.EPOCH));
    assertThat(links.open(path).link().name()).doesNotContain("secret").endsWith("mkv");
  }
}
