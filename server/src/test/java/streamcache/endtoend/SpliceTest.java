package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import streamcache.testkit.Answer;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Cut;
import streamcache.testkit.Gate;
import streamcache.testkit.Script;

/** Providers without a strong validator: bytes are joined only where they overlap and agree. */
final class SpliceTest {

  private static final String PATH = "/film.mkv";
  private static final Content FILM = Content.of(/* seed= */ 4, 12 * MIB + 7);
  private static final Content OTHER = Content.of(/* seed= */ 5, 12 * MIB + 7);

  private static Script bare() {
    return Script.of(FILM).etag(null).lastModified(null);
  }

  @Test
  void cut_sameBytesGoOn_isResumedAndComparedAtTheSeam() throws IOException {
    Script script = bare().onRequest(1, first -> first.cutAfter(5 * MIB, Cut.FIN));
    try (Rig rig = Rig.start().serve(PATH, script)) {
      Answer answer = rig.get(PATH);
      assertThat(answer.endedCleanly()).isTrue();
      answer.check(FILM, 0, FILM.length());
      assertThat(rig.origin().requests(PATH)).hasSize(2);
      assertThat(rig.origin().requests(PATH).get(1).range())
          .contains("bytes=" + (5 * MIB - 64 * 1024) + "-");
      assertThat(rig.origin().bodyBytes(PATH)).isEqualTo(FILM.length() + 64 * 1024);
    }
  }

  @Test
  void cut_otherBytesOfTheSameLength_areNeverSpliced() throws IOException {
    Script script =
        bare()
            .onRequest(1, first -> first.cutAfter(5 * MIB, Cut.FIN))
            .fromRequest(2, later -> later.content(OTHER));
    try (Rig rig = Rig.start().serve(PATH, script)) {
      CheckedStream player = rig.stream(PATH, FILM);
      assertThat(player.awaitEnd()).isNotEqualTo(BodyEnd.CLEAN);
      player.close();
      rig.get(PATH).check(OTHER, 0, OTHER.length());
      rig.get(PATH, "Range: bytes=6000000-6000999").check(OTHER, 6_000_000, 6_001_000);
      assertThat(rig.origin().requests(PATH)).hasSizeLessThanOrEqualTo(4);
    }
  }

  /**
   * Nothing is stored before the range to compare, and its head does not say of which file it is.
   */
  @Test
  void seek_otherFileThatStatesNoTotal_isNotServedAsThisOne() throws IOException {
    Gate gate = new Gate();
    Script script =
        bare()
            .onRequest(1, first -> first.gate(2 * MIB, gate))
            .fromRequest(2, later -> later.content(OTHER).totalUnknown());
    try (Rig rig = Rig.start().serve(PATH, script)) {
      CheckedStream player = rig.stream(PATH, FILM).awaitBytes(2 * MIB);
      Answer far = rig.get(PATH, "Range: bytes=10000000-10000999");
      assertThat(far.endedCleanly()).as("it cannot be told from this file").isFalse();
      assertThat(far.body()).as("bytes of the other file").isEmpty();
      assertThat(player.bytes()).isEqualTo(2 * MIB);
      assertThat(rig.origin().requests(PATH))
          .as(rig.origin().requests(PATH).toString())
          .hasSizeLessThanOrEqualTo(9);
      player.close();
    }
  }

  /** The mismatch shows only when the running fill reaches the range of the other file. */
  @Test
  void stretchOfAnotherFile_isNotJoinedWhereTheyMeet() throws IOException {
    Gate gate = new Gate();
    Script script =
        bare()
            .onRequest(1, first -> first.gate(2 * MIB, gate))
            .onRequest(2, second -> second.content(OTHER))
            .fromRequest(3, later -> later.content(OTHER));
    try (Rig rig = Rig.start().serve(PATH, script)) {
      CheckedStream player = rig.stream(PATH, FILM).awaitBytes(2 * MIB);
      rig.get(PATH, "Range: bytes=10000000-").check(OTHER, 10_000_000, OTHER.length());
      gate.open();
      assertThat(player.awaitEnd()).isNotEqualTo(BodyEnd.CLEAN);
      player.close();
      rig.get(PATH).check(OTHER, 0, OTHER.length());
    }
  }

  @Test
  void stretchOfTheSameFile_isJoinedAtTheCostOfTheOverlap() throws IOException {
    Gate gate = new Gate();
    // Paced, so that few bytes are in flight when the first connection is closed.
    Script script = bare().pace(16 * MIB).onRequest(1, first -> first.gate(MIB, gate));
    try (Rig rig = Rig.start().serve(PATH, script)) {
      CheckedStream player = rig.stream(PATH, FILM).awaitBytes(MIB);
      rig.get(PATH, "Range: bytes=10000000-").check(FILM, 10_000_000, FILM.length());
      gate.open();
      assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      player.close();
      rig.origin().awaitIdle();
      assertThat(rig.origin().bodyBytes(PATH)).isLessThan(FILM.length() + MIB / 2);
    }
  }
}
