package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import streamcache.link.BadLink;
import streamcache.link.LinkCodec;
import streamcache.testkit.Answer;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Gate;
import streamcache.testkit.Script;
import tools.jackson.databind.JsonNode;

/** What an operator does with a title, and what that costs its provider. */
final class TitleActionsTest {

  private static final String PATH = "/movie/anna/secret/1.mkv";
  private static final String SECOND = "/movie/anna/secret/2.mkv";
  private static final Content FILM = Content.of(98, 17 * MIB + 5);
  private static final Content OTHER = Content.of(99, 18 * MIB);

  private Rig rig;
  private ApiClient operator;

  @BeforeEach
  void start() throws IOException {
    rig = Rig.start();
    operator = ApiClient.of(rig);
  }

  @AfterEach
  void close() throws IOException {
    assertThat(rig.origin().peakExchanges()).as("the account has one connection").isEqualTo(1);
    rig.close();
  }

  private void complete(Script script) throws IOException {
    rig.serve(PATH, script);
    rig.get(PATH).check(FILM, 0, FILM.length());
    rig.origin().awaitIdle();
    operator.await(
        path(PATH, ""), answer -> ApiClient.json(answer).path("isComplete").asBoolean(false));
  }

  private String path(String film, String action) throws IOException {
    try {
      LinkCodec codec = new LinkCodec();
      String id = codec.decode(codec.encode(rig.origin().url(film))).key().value();
      return "/api/v1/titles/" + id + action;
    } catch (BadLink e) {
      throw new IOException(e);
    }
  }

  private Answer act(String film, String action) throws IOException {
    return operator.post(path(film, "/" + action), "");
  }

  private static String outcome(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return ApiClient.json(answer).path("outcome").asString();
  }

  /** When its player has gone. */
  private Answer actOnceFree(String action) throws IOException {
    operator.await(
        path(PATH, ""), answer -> !ApiClient.json(answer).path("isInUse").asBoolean(true));
    return act(PATH, action);
  }

  @Test
  void keep_film_isAFileThatOutlivesForgetting() throws Exception {
    complete(Script.of(FILM));
    JsonNode kept = ApiClient.json(act(PATH, "keep"));
    assertThat(kept.path("isKept").asBoolean()).isTrue();
    Path file = rig.cache().resolve(kept.path("file").asString());
    assertThat(file).isEqualTo(rig.cache().resolve("kept").resolve("1.mkv")).hasSize(FILM.length());
    Answer refused = actOnceFree("forget");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text()).contains("second name");
    rig.get(PATH).check(FILM, 0, FILM.length());

    Path mine = Files.createLink(rig.cache().resolveSibling("mine.mkv"), file);
    assertThat(act(PATH, "unkeep").text()).contains("not-possible", "another name");
    Files.delete(mine);
    assertThat(ApiClient.json(act(PATH, "unkeep")).path("isKept").asBoolean(true)).isFalse();
    assertThat(file).doesNotExist();
    assertThat(outcome(actOnceFree("forget"))).isEqualTo("forgotten");
    assertThat(rig.origin().requests(PATH)).hasSize(1);
  }

  @Test
  void forget_pinnedFilm_itsPlaysAreForgottenToo() throws Exception {
    complete(Script.of(FILM));
    rig.get(PATH).check(FILM, 0, FILM.length());
    assertThat(act(PATH, "pin").status()).isEqualTo(200);

    assertThat(outcome(actOnceFree("forget"))).isEqualTo("forgotten");

    assertThat(operator.get(path(PATH, "")).status()).isEqualTo(404);
    assertThat(act(PATH, "forget").status()).isEqualTo(404);
    rig.get(PATH).check(FILM, 0, FILM.length());
    JsonNode again = ApiClient.json(operator.get(path(PATH, "")));
    assertThat(again.path("isPinned").asBoolean(true)).isFalse();
    assertThat(again.path("plays").asLong()).isEqualTo(1);
    assertThat(operator.get("/api/v1/timeline").text()).contains("title-complete");
    assertThat(rig.origin().requests(PATH)).hasSize(2);
    assertThat(rig.origin().bodyBytes(PATH)).isEqualTo(2 * FILM.length());
  }

  @Test
  void filmBeingFetched_isNeitherKeptNorForgottenNorRevalidated() throws Exception {
    Gate gate = new Gate();
    rig.serve(PATH, Script.of(FILM).gate(4 * MIB, gate));
    CheckedStream player = rig.stream(PATH, FILM).awaitBytes(4 * MIB);

    assertThat(act(PATH, "keep").text()).contains("not-possible", "are missing");
    assertThat(act(PATH, "revalidate").text()).contains("not-possible", "are missing");
    assertThat(act(PATH, "forget").text()).contains("in-use", "being played or fetched");

    gate.open();
    player.awaitEnd();
    assertThat(rig.origin().requests(PATH)).hasSize(1);
    assertThat(rig.origin().bodyBytes(PATH)).isEqualTo(FILM.length());
  }

  @Test
  void revalidate_sameFile_costsARequestWithoutABody() throws Exception {
    complete(Script.of(FILM).conditional());

    assertThat(outcome(act(PATH, "revalidate"))).isEqualTo("unchanged");

    assertThat(rig.origin().requests(PATH)).hasSize(2);
    assertThat(rig.origin().requests(PATH).getLast().range()).contains("bytes=0-0");
    assertThat(rig.origin().bodyBytes(PATH)).isEqualTo(FILM.length());
    rig.restart();
    operator = ApiClient.of(rig);
    assertThat(outcome(act(PATH, "revalidate"))).isEqualTo("unchanged");
    assertThat(rig.origin().requests(PATH)).hasSize(3);
  }

  @Test
  void revalidate_otherFile_nextPlayerGetsIt() throws Exception {
    complete(Script.of(FILM).fromRequest(2, later -> later.content(OTHER).etag("\"v2\"")));

    assertThat(outcome(act(PATH, "revalidate"))).isEqualTo("changed");

    rig.get(PATH).check(OTHER, 0, OTHER.length());
    assertThat(rig.origin().requests(PATH)).hasSizeLessThanOrEqualTo(5);
    assertThat(rig.origin().bodyBytes(PATH))
        .isLessThanOrEqualTo(FILM.length() + OTHER.length() + MIB / 4);
  }

  @Test
  void revalidate_providerRefuses_saysSo_andTheFilmStays() throws Exception {
    complete(Script.of(FILM).fromRequest(2, later -> Script.status(404)));

    Answer answer = act(PATH, "revalidate");

    assertThat(outcome(answer)).isEqualTo("failed");
    assertThat(answer.text()).contains("The provider no longer has this title");
    rig.get(PATH).check(FILM, 0, FILM.length());
    assertThat(rig.origin().requests(PATH)).hasSize(2);
    assertThat(rig.origin().bodyBytes(PATH)).isLessThan(FILM.length() + 100);
  }

  /** The account allows one connection, and another of its films is playing. */
  @Test
  void revalidate_whileAPlayerNeedsTheAccount_isRefusedAndCostsNothing() throws Exception {
    complete(Script.of(FILM));
    Gate gate = new Gate();
    rig.serve(SECOND, Script.of(OTHER).gate(4 * MIB, gate));
    CheckedStream player = rig.stream(SECOND, OTHER).awaitBytes(4 * MIB);

    Answer answer = act(PATH, "revalidate");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.text()).contains("A player needs the account");
    assertThat(rig.origin().requests(PATH)).hasSize(1);
    gate.open();
    player.awaitEnd();
    assertThat(rig.origin().requests(SECOND)).hasSize(1);
  }

  @Test
  void action_unknownTitleOrBody_getsASentence() throws Exception {
    complete(Script.of(FILM));
    String unknown = "/api/v1/titles/" + "a".repeat(26) + "/";
    for (String action : new String[] {"keep", "unkeep", "forget", "revalidate"}) {
      assertThat(operator.post(unknown + action, "").status()).as(action).isEqualTo(404);
      assertThat(operator.post(path(PATH, "/" + action), "{\"x\":1}").status())
          .as(action)
          .isEqualTo(400);
      assertThat(operator.post("/api/v1/titles/x/" + action, "").status()).isEqualTo(400);
    }
    assertThat(rig.origin().requests(PATH)).hasSize(1);
  }
}
