package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.link.TitleKey;

class MediaNameTest {

  private static final TitleKey KEY = new TitleKey("abcd2345efgh2345abcd2345ef");

  @TempDir private Path folder;

  @Test
  void withKey_ordinaryName_isForPeopleAndUnique() {
    MediaName name = named("Movie (2020).mkv", "video/mp4");

    assertThat(name.withKey(KEY)).isEqualTo("Movie (2020) [abcd2345].mkv");
    assertThat(name.plain()).isEqualTo("Movie (2020).mkv");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "attachment; filename=\"Film.mkv\"                              | Film.mkv",
        "attachment; filename=Film.mkv                                  | Film.mkv",
        "attachment; filename=A sloppy one.mkv; size=5                  | A sloppy one.mkv",
        "ATTACHMENT;FileName = \"Film.mkv\"                             | Film.mkv",
        "inline; filename=\"a; b=c.mkv\"; size=5                        | a; b=c.mkv",
        "inline; filename=\"say \\\"hi\\\".mkv\"                        | say hi.mkv",
        "inline; filename=\"x.mkv\"; filename*=UTF-8''Am%C3%A9lie.mkv   | Amélie.mkv",
        "inline; filename*=utf-8'fr'Am%C3%A9lie.mkv; filename=\"x.mkv\" | Amélie.mkv",
        "inline; filename*=ISO-8859-1''Am%E9lie.mkv                     | Amélie.mkv",
        "inline; filename=\"x.mkv\"; filename*=UTF-8''broken%E9.mkv     | x.mkv",
        "inline; filename=\"x.mkv\"; filename*=KOI8-R''a.mkv            | x.mkv",
        "inline; filename=\"x.mkv\"; filename*=nonsense                 | x.mkv",
        "inline; filename=\"AmÃ©lie.mkv\"                               | Amélie.mkv",
        "inline; filename=\"Amélie.mkv\"                                | Amélie.mkv",
        "inline; filename=\"With%20blank.mkv\"                          | With blank.mkv",
        "inline; filename=\"unclosed.mkv                                | unclosed.mkv",
        "inline; filename=\"../../etc/passwd\"                          | passwd.mp4",
        "inline; filename=\"C:\\\\films\\\\one.avi\"                    | one.avi",
        "inline; filename=\"\"                                          | Link.mp4",
        "inline                                                         | Link.mp4",
        "inline; filename                                               | Link.mp4",
        "`;;=;`                                                         | Link.mp4",
      })
  void of_contentDisposition_winsWhenReadable(String disposition, String expected) {
    assertThat(name(Optional.of(disposition), "Link.mp4", "video/mp4").plain()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      quoteCharacter = '`',
      value = {
        "Mission: Impossible?.mkv         = Mission Impossible.mkv",
        "<a>|b*\"c\".mkv                  = a b c.mkv",
        "`  .hidden . . name  .mkv`       = hidden . . name.mkv",
        "one\\two/three.mkv               = three.mkv",
        "folder/film.mkv/                 = film.mkv",
        "..%2F..%2Fetc%2Ffilm.mkv         = film.mkv",
        "100% Wolf.mkv                    = 100% Wolf.mkv",
        "FILM.MKV                         = FILM.mkv",
        "Mr.Robot                         = Mr.Robot.mp4",
        "Movie 2.0                        = Movie 2.0.mp4",
        "get.php                          = get.php.mp4",
        "con                              = _con.mp4",
        "NUL.mkv                          = _NUL.mkv",
        "com1.extra.mkv                   = _com1.extra.mkv",
        "Contact.mkv                      = Contact.mkv",
        "Conin$.mkv                       = _Conin$.mkv",
        "نمی\u200cدانم.mkv                = نمی\u200cدانم.mkv",
        "Ame\u0301lie.mkv                 = Amélie.mkv",
        "a\u00a0\u3000b.mkv               = a b.mkv",
        "x\ud800y.mkv                     = xy.mkv",
        "....mkv                          = abcd2345efgh2345abcd2345ef.mp4",
        ".mkv                             = abcd2345efgh2345abcd2345ef.mp4",
        "/                                = abcd2345efgh2345abcd2345ef.mp4",
        "``                               = abcd2345efgh2345abcd2345ef.mp4",
        "???                              = abcd2345efgh2345abcd2345ef.mp4",
      })
  void of_linkName_isCleaned(String name, String expected) {
    assertThat(named(name, "video/mp4").plain()).isEqualTo(expected);
  }

  @Test
  void of_invisibleCharacters_areRemoved() {
    assertThat(named("a\u0000b\nc\u202ed\u200be\ud800f.mkv", "video/mp4").plain())
        .isEqualTo("abcdef.mkv");
  }

  @ParameterizedTest
  @CsvSource({
    "video/mp4, mp4",
    "video/x-matroska, mkv",
    "video/mp2t, ts",
    "VIDEO/MP4; codecs=avc1, mp4",
    "video/x-msvideo, avi",
    "video/quicktime, mov",
    "application/octet-stream, bin",
  })
  void of_nameWithoutExtension_getsThatOfTheType(String type, String extension) {
    assertThat(named("Film", type).plain()).isEqualTo("Film." + extension);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "é", "映", "😀"})
  void of_longName_isCutBetweenCodePoints(String unit) throws IOException {
    for (int shift = 0; shift < 4; shift++) {
      MediaName name = named("x".repeat(shift) + unit.repeat(400) + ".webm", "video/mp4");

      byte[] bytes = name.plain().getBytes(StandardCharsets.UTF_8);
      assertThat(bytes.length).isBetween(197, 200);
      assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(name.plain());
      assertThat(name.extension()).isEqualTo("webm");
      Files.writeString(folder.resolve(name.withKey(KEY) + ".part"), "fits");
    }
  }

  @Test
  void of_cutBeforeABlank_leavesNoBlankAtTheEnd() {
    assertThat(named("x".repeat(195) + " tail.mkv", "video/mp4").stem()).isEqualTo("x".repeat(195));
  }

  @ParameterizedTest
  @CsvSource({
    "Amélie 2.mkv, Amelie 2.mkv",
    "ﬁlm.mkv, film.mkv",
    "映画 Film.mkv, __ Film.mkv",
    "映画.mkv, abcd2345efgh2345abcd2345ef.mp4",
    "a℀b.mkv, aa cb.mkv",
  })
  void of_systemWithoutUnicode_givesANameItCanWrite(String name, String expected) {
    MediaName cleaned =
        MediaName.of(facts(Optional.empty(), name, "video/mp4"), KEY, StandardCharsets.US_ASCII);

    assertThat(cleaned.plain()).isEqualTo(expected);
  }

  @Test
  void of_randomText_isAlwaysAFileInTheFolder() throws IOException {
    long seed = System.nanoTime();
    System.out.println("MediaNameTest seed " + seed);
    Random random = new Random(seed);
    String nasty = "./\\:*?\"<>| %2F%\u0000\u202e\ud83d\ude00aé映;='[]~$\n\t";
    for (int round = 0; round < 2000; round++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "inline; filename=\"" : "");
      int length = random.nextInt(300);
      for (int i = 0; i < length; i++) {
        text.append(nasty.charAt(random.nextInt(nasty.length())));
      }
      MediaName name = name(Optional.of(text.toString()), text.toString(), "video/mp4");
      String onDisk = name.withKey(KEY);
      String description = "seed " + seed + " " + onDisk;
      assertThat(onDisk).as(description).doesNotContainPattern("[<>:\"/\\\\|?*\\p{Cc}]");
      assertThat(onDisk).as(description).doesNotStartWith(".").doesNotStartWith(" ");
      assertThat(onDisk.getBytes(StandardCharsets.UTF_8).length).as(description).isLessThan(212);
      assertThat(folder.resolve(onDisk).normalize().getParent()).as(description).isEqualTo(folder);
      Files.write(folder.resolve(onDisk), new byte[0]);
    }
  }

  private static MediaName named(String name, String type) {
    return name(Optional.empty(), name, type);
  }

  private static MediaName name(Optional<String> disposition, String name, String type) {
    return MediaName.of(facts(disposition, name, type), KEY, StandardCharsets.UTF_8);
  }

  private static GenerationFacts facts(Optional<String> disposition, String name, String type) {
    return new GenerationFacts(
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        type,
        disposition,
        name,
        "provider.example:80",
        "provider.example",
        Optional.empty());
  }
}
