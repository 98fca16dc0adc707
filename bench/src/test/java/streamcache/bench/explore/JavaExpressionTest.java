package streamcache.bench.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scenario that failed is printed as a test: the pasted test must be that scenario. */
final class JavaExpressionTest {

  @Test
  void of_scenario_compilesToTheSame(@TempDir Path folder) throws Exception {
    Crowd crowd =
        LongStream.iterate(1, seed -> seed + 1)
            .mapToObj(Crowd::drawn)
            .filter(drawn -> drawn.accounts().size() > 1)
            .findFirst()
            .orElseThrow();
    Path source = folder.resolve("Pasted.java");
    Files.writeString(
        source,
        """
        package streamcache.bench.explore;
        import java.util.List;
        import java.util.function.Supplier;
        final class Pasted implements Supplier<Object> {
          public Object get() {
            return %s;
          }
        }
        """
            .formatted(JavaExpression.of(crowd)));
    int errors =
        ToolProvider.getSystemJavaCompiler()
            .run(
                /* in= */ null,
                /* out= */ null,
                /* err= */ null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                folder.toString(),
                source.toString());
    assertThat(errors).isZero();
    byte[] compiled = Files.readAllBytes(folder.resolve("streamcache/bench/explore/Pasted.class"));
    Class<?> pasted = MethodHandles.lookup().defineClass(compiled);
    Object made = pasted.getMethod("get").invoke(pasted.getDeclaredConstructor().newInstance());
    assertThat(made).isEqualTo(crowd);
  }

  @Test
  void test_scenario_playsIt() {
    String test = Explore.test(Crowd.drawn(7));
    assertThat(test).contains("@Test", "Histories.play(new Crowd(List.of(new Scenario(7L, new ");
  }
}
