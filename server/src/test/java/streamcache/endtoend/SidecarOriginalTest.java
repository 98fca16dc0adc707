package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import streamcache.link.BadLink;
import streamcache.link.KeyFile;
import streamcache.link.KeyRing;
import streamcache.link.Link;
import streamcache.link.Originals;
import streamcache.settings.RequireSigned;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Gate;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;

/** After a restart, a holder of the key can still find out where a title was fetched from. */
final class SidecarOriginalTest {

  private static final Pattern ORIGINAL = Pattern.compile("\"original\" : \"([^\"]+)\"");
  private static final Content FILM = Content.of(3, 2 * Rig.MIB);

  @Test
  void sidecar_ofAnIncompleteAndOfACompleteTitle_holdsTheUrlSealed() throws Exception {
    Gate gate = new Gate();
    String path = "/movie/anna5678/opensesame/12.mkv";
    try (Rig rig =
        Rig.asking(RequireSigned.PUBLIC)
            .serve(path, Script.of(FILM).framing(Script.Framing.CHUNKED).gate(Rig.MIB, gate))) {
      String url = rig.origin().url(path) + "|Cookie=session=sesame12";
      CheckedStream player =
          RawClient.stream(rig.address(), rig.linkTo(url), FILM).awaitBytes(Rig.MIB / 2);
      Link incomplete = original(rig);
      gate.open();
      player.awaitEnd();
      player.close();
      rig.restart();
      RawClient.get(rig.address(), rig.linkTo(url)).check(FILM, 0, FILM.length());
      Link complete = original(rig);

      for (Link link : List.of(incomplete, complete)) {
        assertThat(link.source().reveal()).isEqualTo(rig.origin().url(path));
        assertThat(link.headers()).containsEntry("cookie", "session=sesame12");
      }
    }
  }

  private static Link original(Rig rig) throws IOException, BadLink {
    String sidecar = sidecar(rig);
    assertThat(sidecar).doesNotContain("anna5678", "opensesame", "sesame12");
    Matcher original = ORIGINAL.matcher(sidecar);
    assertThat(original.find()).isTrue();
    Path keyFile = rig.cache().resolveSibling("config").resolve("secret.key");
    Optional<KeyRing> keys = new KeyFile(keyFile).open();
    return new Originals(keys.orElseThrow()).open(original.group(1)).link();
  }

  private static String sidecar(Rig rig) throws IOException {
    try (Stream<Path> files = Files.walk(rig.cache())) {
      Path sidecar =
          files.filter(file -> file.toString().endsWith(".st")).findFirst().orElseThrow();
      return Files.readString(sidecar, StandardCharsets.ISO_8859_1);
    }
  }
}
