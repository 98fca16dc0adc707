package streamcache.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class CrashTest {

  @Test
  void tell_messagesWithUrls_showsTheStackAndTheHost() {
    StringWriter err = new StringWriter();
    Throwable cause = new IllegalArgumentException("http://u:opensesame@h/opensesame");

    Crash.tell(new IllegalStateException("at /u/aHR0cDovLopensesame", cause), new PrintWriter(err));

    assertThat(err.toString())
        .contains("IllegalStateException", "http://h/~", "CrashTest.java")
        .doesNotContain("opensesame");
  }
}
