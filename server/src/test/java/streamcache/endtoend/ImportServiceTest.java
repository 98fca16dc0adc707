package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import streamcache.link.LinkForm;
import streamcache.testkit.Answer;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;

/** What a running server fetches for an import of a command, and for whom. */
final class ImportServiceTest {

  private static final String JSON = "[{\"stream_id\":1}]";

  private static Answer page(Rig rig, LinkForm form, Optional<Instant> expires) throws Exception {
    String account = rig.link(form, "/movie/joe/pw/0.mkv", expires);
    String page = rig.link(form, "/player_api.php?username=joe&password=pw", expires);
    return RawClient.get(rig.address(), "/import/page?account=" + account + "&page=" + page);
  }

  private static Optional<Instant> in(Duration time) {
    return Optional.of(Instant.now().plus(time));
  }

  @Test
  void page_askedForByACommand_isSent() throws Exception {
    try (Rig rig = Rig.start()) {
      rig.serve("/player_api.php", Script.status(200, "application/json", JSON));
      Answer answer = page(rig, LinkForm.SEALED, in(Duration.ofMinutes(1)));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo(JSON);
      assertThat(answer.endedCleanly()).isTrue();
    }
  }

  /** The holder of a link of a library may play it, but not read other pages with it. */
  @Test
  void page_askedForWithALinkOfALibrary_isRefused() throws Exception {
    try (Rig rig = Rig.start()) {
      assertThat(page(rig, LinkForm.SEALED, Optional.empty()).status()).isEqualTo(403);
      assertThat(page(rig, LinkForm.SEALED, in(Duration.ofDays(7))).status()).isEqualTo(403);
      assertThat(page(rig, LinkForm.SEALED, in(Duration.ofMinutes(-1))).status()).isEqualTo(403);
      assertThat(page(rig, LinkForm.SIGNED, in(Duration.ofMinutes(1))).status()).isEqualTo(403);
      assertThat(page(rig, LinkForm.PLAIN, Optional.empty()).status()).isEqualTo(403);
      assertThat(RawClient.get(rig.address(), "/import/page").status()).isEqualTo(403);
      assertThat(RawClient.get(rig.address(), "/import/limit?connections=9").status())
          .isEqualTo(403);
      assertThat(rig.origin().requests()).isEmpty();
    }
  }

  @Test
  void page_refusedByTheProvider_saysWhy() throws Exception {
    try (Rig rig = Rig.start()) {
      rig.serve("/player_api.php", Script.status(429).header("Retry-After", "37"));
      Answer answer = page(rig, LinkForm.SEALED, in(Duration.ofMinutes(1)));
      assertThat(answer.status()).isEqualTo(502);
      assertThat(answer.header("Streamcache-Failure")).get().asString().startsWith("limit 429 37 ");
    }
  }

  @Test
  void page_cutByTheProvider_isCut() throws Exception {
    try (Rig rig = Rig.start()) {
      rig.serve(
          "/player_api.php", Script.status(200, "application/json", JSON).lengthOff(5).closing());
      assertThat(page(rig, LinkForm.SEALED, in(Duration.ofMinutes(1))).endedCleanly()).isFalse();
    }
  }
}
