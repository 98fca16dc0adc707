package streamcache.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import streamcache.settings.ListenSettings;

final class ListenExceptionTest {

  private static String told(String bind, int port, Exception cause) {
    Duration any = Duration.ofSeconds(1);
    ListenSettings settings = new ListenSettings(bind, port, any, any, any, "");
    return String.valueOf(new ListenException(settings, cause).getMessage());
  }

  @Test
  void message_noAddressOfThisMachine_namesBind() {
    for (Exception cause :
        new Exception[] {
          new UnresolvedAddressException(),
          new SocketException("Unresolved address"),
          new BindException("Cannot assign requested address"),
        }) {
      assertThat(told("192.0.2.1", 8080, cause))
          .startsWith("cannot listen on port 8080 at 192.0.2.1: ")
          .contains("BIND");
    }
  }

  @Test
  void message_lowPortForbidden_saysSo() {
    assertThat(told("", 80, new BindException("Permission denied")))
        .startsWith("cannot listen on port 80: ")
        .contains("below 1024");
  }

  @Test
  void message_anythingElse_suspectsAnotherServer() {
    assertThat(told("", 8080, new BindException("Address already in use")))
        .isEqualTo(
            "cannot listen on port 8080; another server may be using it."
                + " Set PORT to a different one.");
  }
}
