package streamcache.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamcache.link.BadLink;
import streamcache.link.KeyRing;
import streamcache.link.LinkForm;
import streamcache.link.Links;
import streamcache.link.OpenedLink;
import streamcache.playback.Headers;
import streamcache.playback.Request;
import streamcache.settings.LinkSettings;
import streamcache.settings.RequireSigned;
import streamcache.trouble.Rejection;

/** The rules in isolation; WhoMayAskTest covers them with real requests. */
final class PermissionTest {

  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

  @ParameterizedTest
  @CsvSource({
    "PLAIN,  192.168.1.5, true",
    "PLAIN,  8.8.8.8,     false",
    "SIGNED, 8.8.8.8,     true",
    "SEALED, 8.8.8.8,     true",
  })
  void isTrusted_byFormAndAddress(LinkForm form, String peer, boolean trusted) throws BadLink {
    Permission permission = permission(RequireSigned.OFF);

    assertThat(permission.isTrusted(link(form, Optional.empty()), request(peer)))
        .isEqualTo(trusted);
    assertThat(permission.toForm(form, request(peer))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PUBLIC, 192.168.1.5, ",
    "PUBLIC, 8.8.8.8,     PUBLIC_CLIENT",
    "ALWAYS, 127.0.0.1,   ALWAYS_SIGNED",
    "OFF,    8.8.8.8,     ",
  })
  void toForm_plainLink_byTheSetting(RequireSigned required, String peer, Rejection rejection) {
    Permission permission = permission(required);

    assertThat(permission.toForm(LinkForm.PLAIN, request(peer)))
        .isEqualTo(Optional.ofNullable(rejection));
    assertThat(permission.toForm(LinkForm.SIGNED, request(peer))).isEmpty();
    assertThat(permission.toForm(LinkForm.SEALED, request(peer))).isEmpty();
  }

  @Test
  void toLink_rememberedOne_isOverAtItsTime() throws BadLink {
    OpenedLink link = link(LinkForm.SEALED, Optional.of(NOW));

    assertThat(permissionAt(NOW.minusMillis(1)).toLink(link)).isEmpty();
    assertThat(permissionAt(NOW).toLink(link)).contains(Rejection.EXPIRED);
    assertThat(permissionAt(NOW).toLink(link(LinkForm.SEALED, Optional.empty()))).isEmpty();
  }

  private static OpenedLink link(LinkForm form, Optional<Instant> expires) throws BadLink {
    OpenedLink plain = new Links(KeyRing.empty()).open("/u/aHR0cDovL2gvYQ");
    return new OpenedLink(plain.link(), plain.text(), form, expires, Optional.empty());
  }

  private static Permission permission(RequireSigned required) {
    return permission(required, NOW);
  }

  private static Permission permissionAt(Instant now) {
    return permission(RequireSigned.PUBLIC, now);
  }

  private static Permission permission(RequireSigned required, Instant now) {
    LinkSettings settings =
        new LinkSettings(required, List.of(), Path.of("/nowhere"), false, Optional.empty());
    return new Permission(settings, InstantSource.fixed(now), _ -> {});
  }

  private static Request request(String peer) {
    Headers headers = new Headers().add("Host", "h");
    return new Request("id", "GET", "/", headers, true, InetAddress.ofLiteral(peer));
  }
}
