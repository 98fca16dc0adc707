package streamcache.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Errors;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.playback.Unreadable;

@EnabledOnOs(OS.LINUX)
final class FileTroubleTest {

  private static final long LENGTH = 1000;

  @TempDir Path folder;

  @BeforeAll
  static void load() {
    Epoll.ensureAvailability();
  }

  private boolean isBehind(Throwable cause, long end) throws IOException {
    try (SentFile film = SentFile.sparse(folder, LENGTH)) {
      return FileTrouble.behind(cause, film.channel(), end).isPresent();
    }
  }

  /** EIO, EISDIR, EINVAL, ESTALE. */
  @ParameterizedTest
  @ValueSource(ints = {-5, -21, -22, -116})
  void behind_errorOfADisk_isTheFile(int error) throws IOException {
    assertThat(isBehind(new Errors.NativeIoException("sendfile", error), LENGTH)).isTrue();
  }

  /** EPIPE, ECONNRESET, ETIMEDOUT. */
  @ParameterizedTest
  @ValueSource(ints = {-32, -104, -110})
  void behind_errorOfASocket_isThePlayer(int error) throws IOException {
    assertThat(isBehind(new Errors.NativeIoException("sendfile", error), LENGTH)).isFalse();
  }

  @Test
  void behind_copyFailed_isTheFile() throws IOException {
    assertThat(isBehind(new Unreadable("x", new IOException()), LENGTH)).isTrue();
  }

  @Test
  void behind_fileTooShort_isTheFile() throws IOException {
    assertThat(isBehind(new ClosedChannelException(), LENGTH + 1)).isTrue();
    assertThat(isBehind(new ClosedChannelException(), LENGTH)).isFalse();
  }

  @Test
  void behind_neverWritten_isThePlayer() throws IOException {
    try (SentFile film = SentFile.sparse(folder, LENGTH)) {
      assertThat(FileTrouble.behind(null, film.channel(), LENGTH + 1)).isEmpty();
    }
  }
}
