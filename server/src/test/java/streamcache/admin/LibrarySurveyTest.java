package streamcache.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** A walk through a large library runs by itself; its state can be asked for meanwhile. */
final class LibrarySurveyTest {

  private static final Path FOLDER = Path.of("/media");
  private static final int FILES = 100_000;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-30T21:14:00Z"));

  /** Half of the files, then the rest once it is let go. */
  private static final class Trees implements LibraryTrees {
    private final CountDownLatch isHalf = new CountDownLatch(1);
    private final CountDownLatch goesOn = new CountDownLatch(1);
    private final CountDownLatch isOver = new CountDownLatch(1);

    @Override
    public List<Path> folders() {
      return List.of(FOLDER);
    }

    @Override
    public void look(Path folder, boolean writes, Consumer<Seen> seen, BooleanSupplier isStopping) {
      for (int at = 0; at < FILES && !isStopping.getAsBoolean(); at++) {
        if (at == FILES / 2) {
          isHalf.countDown();
          await(goesOn);
        }
        seen.accept(
            at % 2 == 0
                ? new Seen(folder.resolve(at + ".strm"), Kind.WRAP, "")
                : new Seen(folder.resolve(at + ".strm"), Kind.LEFT, "a playlist"));
      }
      isOver.countDown();
    }

    private static void await(CountDownLatch latch) {
      try {
        assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private void awaitEnd(LibrarySurvey survey) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (survey.isRunning()) {
      assertThat(System.nanoTime() - end).isNegative();
      Thread.onSpinWait();
    }
  }

  @Test
  void survey_manyFiles_isShownWhileItRuns_andNamesTheFirstOfEachKind() {
    Trees trees = new Trees();
    LibrarySurvey survey = new LibrarySurvey("1", trees.folders(), /* writes= */ false, now::get);
    survey.start(trees);
    Trees.await(trees.isHalf);

    ObjectNode half = survey.show();
    assertThat(half.path("state").asString()).isEqualTo("running");
    assertThat(half.path("files").asInt()).isEqualTo(FILES / 2);
    assertThat(survey.isPreview("1")).as("not before it has ended").isFalse();

    trees.goesOn.countDown();
    awaitEnd(survey);
    ObjectNode all = survey.show();
    assertThat(all.path("state").asString()).isEqualTo("done");
    assertThat(all.path("kinds").size()).isEqualTo(2);
    all.path("kinds")
        .forEach(kind -> {
          assertThat(kind.path("count").asInt()).isEqualTo(FILES / 2);
          assertThat(kind.path("named").size()).isEqualTo(LibrarySurvey.MOST_NAMED);
        });
    assertThat(all.path("kinds").path(0).path("named").path(0).asString()).isEqualTo("0.strm");
    assertThat(survey.isPreview("1")).isTrue();
    assertThat(survey.isPreview("2")).isFalse();
    now.updateAndGet(before -> before.plus(Duration.ofHours(1)));
    assertThat(survey.isPreview("1")).as("files change within an hour").isFalse();
  }

  @Test
  void stop_endsTheWalk_andWhatItWasIsNoPreview() {
    Trees trees = new Trees();
    LibrarySurvey survey = new LibrarySurvey("1", trees.folders(), /* writes= */ false, now::get);
    survey.start(trees);
    Trees.await(trees.isHalf);

    survey.stop();
    trees.goesOn.countDown();
    awaitEnd(survey);

    assertThat(survey.show().path("state").asString()).isEqualTo("stopped");
    assertThat(survey.show().path("files").asInt()).isLessThan(FILES);
    assertThat(survey.isPreview("1")).isFalse();
  }

  @Test
  void isPreview_walkThatHasWritten_isNone() {
    Trees trees = new Trees();
    trees.goesOn.countDown();
    LibrarySurvey survey = new LibrarySurvey("1", trees.folders(), /* writes= */ true, now::get);
    survey.start(trees);
    awaitEnd(survey);

    assertThat(survey.isPreview("1")).isFalse();
  }
}
