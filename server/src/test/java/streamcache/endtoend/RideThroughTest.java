package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Cut;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.Script.Framing;
import streamcache.testkit.Script.Ranges;
import streamcache.testkit.ScriptedOrigin;

/**
 * Faults in the middle of a film that the next attempt overcomes. The player must not notice, and
 * the provider must not get more requests than that takes.
 */
final class RideThroughTest {

  private static final Content FILM = Content.of(/* seed= */ 7, 6 * MIB + 5);
  private static final Content CLIP = Content.of(/* seed= */ 8, 300_000);

  /** The ending of the first response, which is otherwise correct. */
  private static final UnaryOperator<Script> CUT = script -> script.cutAfter(3 * MIB, Cut.RESET);

  /** A fault, and the maximum number of requests to the provider until the title is complete. */
  private record Case(UnaryOperator<Script> first, UnaryOperator<Script> second, int requests) {
    static Case ending(UnaryOperator<Script> first) {
      return new Case(first, UnaryOperator.identity(), 2);
    }

    static Case resuming(UnaryOperator<Script> second) {
      return new Case(CUT, second, 3);
    }

    static Case status(int status) {
      return resuming(_ -> Script.status(status));
    }

    Script script() {
      return Script.of(FILM).onRequest(1, first).onRequest(2, second);
    }
  }

  private static Map<String, Case> cases(ScriptedOrigin origin) {
    Map<String, Case> cases = new LinkedHashMap<>();
    cases.put("reset", Case.ending(CUT));
    cases.put("fin", Case.ending(script -> script.cutAfter(3 * MIB, Cut.FIN)));
    cases.put("reset-after-the-head", Case.resuming(script -> script.cutAfter(0, Cut.RESET)));
    cases.put("stall", Case.ending(script -> script.stallAfter(2 * MIB)));
    cases.put(
        "chunked-cut-short",
        Case.ending(script -> script.framing(Framing.CHUNKED).cutAfter(3 * MIB, Cut.FIN)));
    cases.put("short-body", Case.resuming(script -> script.lengthOff(1000)));
    cases.put("long-body", Case.resuming(script -> script.lengthOff(-1000)));
    cases.put("wrong-range", Case.resuming(script -> script.rangeOff(4096)));
    cases.put("no-content-range", Case.resuming(script -> script.without("Content-Range")));
    cases.put("range-ignored-once", Case.resuming(script -> script.ranges(Ranges.IGNORED)));
    cases.put("clip", Case.resuming(script -> script.content(CLIP).etag("\"clip\"")));
    cases.put("page", Case.resuming(_ -> Script.status(200, "text/html", "<html>busy</html>")));
    String tls = origin.url("/film").replace("http:", "https:");
    cases.put("tls", Case.resuming(_ -> Script.redirect(tls)));
    cases.put("no-such-host", Case.resuming(_ -> Script.redirect("http://nowhere.invalid/film")));
    cases.put("redirect-dies", Case.resuming(_ -> Script.redirect("/dead.mkv")));
    cases.put("differing-lengths", Case.resuming(RideThroughTest::twoLengths));
    for (int status : new int[] {401, 403, 408, 416, 429, 451, 458, 459, 461, 500, 502, 503, 509}) {
      cases.put("status-" + status, Case.status(status));
    }
    return cases;
  }

  private static Script twoLengths(Script script) {
    return script.rawHead(
        head -> head.replaceFirst("Content-Length", "Content-Length: 5\r\nContent-Length"));
  }

  /** Each title has its own account, since limits are counted per account. */
  private static String path(String name) {
    return "/movie/" + name + "/secret/1.mkv";
  }

  @Test
  void troubleInTheMiddle_isRiddenThrough() throws IOException {
    SoftAssertions softly = new SoftAssertions();
    try (Rig rig = Rig.start()) {
      Map<String, Case> cases = cases(rig.origin());
      rig.serve("/dead.mkv", Script.status(404));
      Map<String, CheckedStream> players = new LinkedHashMap<>();
      for (Map.Entry<String, Case> each : cases.entrySet()) {
        rig.serve(path(each.getKey()), each.getValue().script());
        players.put(each.getKey(), rig.stream(path(each.getKey()), FILM));
      }
      for (Map.Entry<String, CheckedStream> player : players.entrySet()) {
        String name = player.getKey();
        softly.check(
            () -> assertThat(player.getValue().awaitEnd()).as(name).isEqualTo(BodyEnd.CLEAN));
        softly
            .assertThat(rig.origin().requests(path(name)))
            .as(name)
            .hasSizeLessThanOrEqualTo(cases.get(name).requests());
        player.getValue().close();
      }
    }
    softly.assertAll();
  }

  /** Found by hand: the film ended after three seconds without the provider. */
  @Test
  void outage_longerThanABurstOfTries_isRiddenThrough() throws IOException {
    Script script =
        Script.of(FILM)
            .onRequest(1, CUT)
            .fromRequest(2, _ -> Script.status(500))
            .fromRequest(8, _ -> Script.of(FILM));
    try (Rig rig = Rig.start().serve(path("outage"), script);
        CheckedStream player = rig.stream(path("outage"), FILM)) {
      rig.origin().awaitRequests(path("outage"), 6);
      // A request that arrives during the outage fails.
      assertThat(rig.get(path("outage"), "Range: bytes=6000000-").status()).isEqualTo(502);
      assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      assertThat(rig.origin().requests(path("outage"))).hasSizeLessThanOrEqualTo(8);
    }
  }

  /** Stored bytes are kept, however often the provider fails. */
  @Test
  void cutAgainAndAgain_noByteIsAskedForTwice() throws IOException {
    Script script = Script.of(FILM).fromRequest(1, each -> each.cutAfter(MIB, Cut.FIN));
    try (Rig rig = Rig.start().serve(path("often"), script)) {
      List<CheckedStream> players = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        players.add(rig.stream(path("often"), FILM));
      }
      for (CheckedStream player : players) {
        assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
        player.close();
      }
      rig.origin().awaitIdle();
      assertThat(rig.origin().bodyBytes(path("often")))
          .isLessThanOrEqualTo((long) (FILM.length() * 1.02));
    }
  }

  /**
   * The store is full of bytes that another player still needs, so new bytes bypass it, also those
   * for that player, as far as it reads. Whichever of the two meets all four failures still
   * continues.
   */
  @Test
  void troublePastTheStore_isRiddenThrough() throws IOException {
    UnaryOperator<Script> cutEarly = each -> each.cutAfter(300_000, Cut.FIN);
    UnaryOperator<Script> cutAtOnce = each -> each.cutAfter(0, Cut.FIN);
    Script script =
        Script.of(FILM)
            .onRequest(2, _ -> Script.status(500))
            .onRequest(3, cutEarly)
            .onRequest(4, cutAtOnce)
            .onRequest(5, _ -> Script.status(500))
            .onRequest(6, cutEarly)
            .onRequest(7, cutAtOnce)
            .onRequest(8, _ -> Script.status(500))
            .onRequest(9, cutEarly);
    try (Rig rig = Rig.start(4 * MIB).serve(path("past"), script);
        CheckedStream holding = rig.stream(path("past"), FILM).pauseAt(0);
        CheckedStream player = rig.stream(path("past"), FILM)) {
      assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      assertThat(rig.origin().requests(path("past"))).hasSizeGreaterThanOrEqualTo(5);
      assertThat(holding.bytes()).isLessThan(2 * MIB);
    }
  }

  /**
   * One response with the whole file does not decide the next: only the rest is requested again.
   */
  @Test
  void rangeIgnoredOnceThenCut_onlyTheRestIsAskedFor() throws IOException {
    Script script =
        Script.of(FILM)
            .onRequest(1, CUT)
            .onRequest(2, each -> each.ranges(Ranges.IGNORED).cutAfter(MIB, Cut.RESET));
    try (Rig rig = Rig.start().serve(path("once"), script);
        CheckedStream player = rig.stream(path("once"), FILM)) {
      assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      rig.origin().awaitIdle();
      assertThat(rig.origin().requests(path("once"))).hasSize(3);
      assertThat(rig.origin().requests(path("once")).get(2).header("Range"))
          .hasValueSatisfying(range -> assertThat(range).doesNotStartWith("bytes=0-"));
    }
  }

  /** A range that the store has just refused is not offered to it again for each request. */
  @Test
  void manyRequestsPastTheStore_costOneEach() throws IOException {
    int players = 16;
    try (Rig rig = Rig.start(4 * MIB).serve(path("many"), Script.of(FILM));
        CheckedStream _ = rig.stream(path("many"), FILM).pauseAt(0);
        CheckedStream first = rig.stream(path("many"), FILM)) {
      assertThat(first.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      int before = rig.origin().requests(path("many")).size();
      for (int i = 0; i < players; i++) {
        long start = 5 * MIB + i * 1000L;
        rig.get(path("many"), "Range: bytes=%d-%d".formatted(start, start + 999))
            .check(FILM, start, start + 1000);
      }
      assertThat(rig.origin().requests(path("many")).size() - before).isLessThan(players * 3 / 2);
    }
  }

  /** Players that keep requesting ranges from a full store leave other titles their turn. */
  @Test
  void manyPastTheStore_anotherTitleGetsItsTurn() throws Exception {
    String account = "/movie/turns/secret/";
    AtomicBoolean isOver = new AtomicBoolean();
    try (Rig rig =
            Rig.start(4 * MIB)
                .serve(account + "1.mkv", Script.of(FILM))
                .serve(account + "2.mkv", Script.of(CLIP));
        CheckedStream _ = rig.stream(account + "1.mkv", FILM).pauseAt(0);
        CheckedStream first = rig.stream(account + "1.mkv", FILM)) {
      assertThat(first.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      List<Future<Integer>> players = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 5; i++) {
          players.add(threads.submit(() -> playUntil(isOver, rig, account + "1.mkv")));
        }
        rig.origin().awaitRequests(account + "1.mkv", 8);
        rig.get(account + "2.mkv").check(CLIP, 0, CLIP.length());
        isOver.set(true);
      }
      for (Future<Integer> player : players) {
        assertThat(player.get()).isPositive();
      }
    }
  }

  private static int playUntil(AtomicBoolean isOver, Rig rig, String path) throws IOException {
    int plays = 0;
    while (!isOver.get()) {
      rig.get(path, RawClient.range(5 * MIB, 5 * MIB + 1000)).check(FILM, 5 * MIB, 5 * MIB + 1000);
      plays++;
    }
    return plays;
  }
}
