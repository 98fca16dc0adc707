package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.player.Tool;
import streamcache.testkit.process.PseudoTerminal;
import streamcache.testkit.process.Run;

/** The live view on a real terminal, and where there is none. */
final class TopTerminalIT {

  private static final Content FILM = Content.of(/* seed= */ 98, 64 << 20);

  /** Slower than a test, so that the film is played all the time. */
  private static final int PACE = 1 << 20;

  private static final String ENTER = "\u001b[?1049h\u001b[?25l";
  private static final String LEAVE = "\u001b[?25h\u001b[?1049l";

  /** What the player has got, in its line. */
  private static final Pattern SENT = Pattern.compile("127\\.0\\.0\\.1 +(\\S+ \\S+) .*film\\.mkv");

  /** How people end it, and the status that a shell then sees. */
  enum End {
    KEY(0) {
      @Override
      void come(PseudoTerminal terminal) throws IOException {
        terminal.type("q");
      }
    },
    CTRL_C(130) {
      @Override
      void come(PseudoTerminal terminal) throws IOException {
        terminal.type("\u0003");
      }
    },
    SIGTERM(143) {
      @Override
      void come(PseudoTerminal terminal) {
        terminal.terminate("java");
      }
    };

    private final int status;

    End(int status) {
      this.status = status;
    }

    abstract void come(PseudoTerminal terminal) throws IOException;
  }

  @TempDir Path folder;

  private ScriptedOrigin provider;
  private Product product;
  private CheckedStream player;

  @BeforeEach
  void play() throws IOException {
    provider = ScriptedOrigin.start().serve("/film.mkv", Script.of(FILM).pace(PACE));
    product = Product.start(folder, Map.of());
    player =
        RawClient.stream(product.address(), product.link(provider.url("/film.mkv")), FILM)
            .awaitBytes(1);
  }

  @AfterEach
  void close() throws IOException {
    assertThat(provider.requests()).hasSize(1);
    assertThat(provider.bodyBytes()).isLessThan(FILM.length());
    player.close();
    product.close();
    provider.close();
  }

  private Map<String, String> own() {
    return Map.of("PORT", Integer.toString(product.address().getPort()));
  }

  /** The shell goes on after Ctrl-C, and tells how the terminal is set before and after. */
  private PseudoTerminal top() {
    String words =
        Product.command("top").stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    return PseudoTerminal.start(
        "trap : INT; echo before=$(stty -g).; %s; echo status=$?.; echo after=$(stty -g)."
            .formatted(words),
        new HashMap<>(Product.environment(folder, own())));
  }

  private static String after(String drawn, String what) {
    Matcher found = Pattern.compile(what + "=(\\S+)\\.\\s").matcher(drawn);
    assertThat(found.find()).as("%s in %s", what, drawn).isTrue();
    return found.group(1);
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void top_onATerminal_drawsUntilItsEnd_andLeavesTheTerminalAsItWas(End end) throws IOException {
    assumeTrue(Tool.SCRIPT.isPresent(), Tool.SCRIPT::missing);
    try (PseudoTerminal terminal = top()) {
      terminal.await(drawn ->
          SENT.matcher(drawn).results().map(line -> line.group(1)).distinct().count() >= 3);

      terminal.type("x");
      end.come(terminal);

      String drawn = terminal.await(all -> all.contains("after="));
      assertThat(drawn).containsOnlyOnce(ENTER).containsOnlyOnce(LEAVE);
      String left = drawn.substring(drawn.indexOf(LEAVE) + LEAVE.length());
      assertThat(left).as("after its end").doesNotContain("\u001b");
      assertThat(after(left, "status")).isEqualTo(Integer.toString(end.status));
      assertThat(after(left, "after")).isEqualTo(after(drawn, "before"));
      assertThat(drawn).as("keys are not shown").doesNotContain("\u001b[Jx", "\u001b[J^C");
    }
  }

  @Test
  void top_withoutATerminal_isShownOnce_andSaysSo() {
    Run run = Product.run(folder, own(), "top");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .containsOnlyOnce("Streamcache ")
        .contains("film.mkv")
        .doesNotContain("\u001b");
    assertThat(run.err())
        .isEqualTo("streamcache: There is no terminal to draw on; this is shown once.\n");
    assertThat(Product.run(folder, own(), "top", "--once").err()).isEmpty();
  }
}
