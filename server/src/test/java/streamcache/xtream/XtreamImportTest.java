package streamcache.xtream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.catalog.CatalogEntry;
import streamcache.catalog.EntryKind;
import streamcache.catalog.EpisodeEntry;
import streamcache.catalog.FilmEntry;
import streamcache.catalog.NameGlob;
import streamcache.catalog.Selection;
import streamcache.catalog.WorkIds;
import streamcache.link.HttpUrl;
import streamcache.link.KeyRules;
import streamcache.link.XtreamAccount;
import streamcache.testkit.Content;
import streamcache.testkit.Cut;
import streamcache.testkit.FakeClock;
import streamcache.testkit.Script;
import streamcache.testkit.xtream.ScriptedPanel;

/** One import from a scripted panel; waits are recorded instead of spent. */
final class XtreamImportTest {

  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final String FILMS =
      "[{\"stream_id\":1,\"name\":\"One\"},{\"stream_id\":2,\"name\":\"Two\"}]";
  private static final String SERIES =
      "[{\"series_id\":7,\"name\":\"Seven\",\"last_modified\":\"100\"},"
          + "{\"series_id\":8,\"name\":\"Eight\",\"last_modified\":\"100\"}]";
  private static final String EPISODES =
      "{\"episodes\":{\"1\":[{\"id\":\"71\",\"episode_num\":1,\"title\":\"Pilot\"}]}}";

  @TempDir Path folder;

  private final ScriptedPanel panel = ScriptedPanel.start();
  private final OpenGate gate = new OpenGate();
  private final List<Duration> waits = new ArrayList<>();
  private final List<String> news = new ArrayList<>();
  private final FakeClock clock = new FakeClock().setWall(NOW);
  private ListedLibrary library = new ListedLibrary();

  @AfterEach
  void close() {
    gate.close();
    panel.close();
  }

  private XtreamResult run(EntryKind... kinds) throws Exception {
    library = new ListedLibrary();
    return anImport(kinds).run(folder, () -> library);
  }

  private XtreamResult dryRun(Path of) throws Exception {
    library = new ListedLibrary();
    return anImport(/* isDryRun= */ true, EntryKind.SERIES).run(of, () -> library);
  }

  private XtreamImport anImport(EntryKind... kinds) throws Exception {
    return anImport(/* isDryRun= */ false, kinds);
  }

  private XtreamImport anImport(boolean isDryRun, EntryKind... kinds) throws Exception {
    XtreamAccount account =
        XtreamAccount.of(
            HttpUrl.parse(panel.url()), ScriptedPanel.USER, ScriptedPanel.PASSWORD, KeyRules.NONE);
    XtreamScope scope =
        new XtreamScope(
            new Selection(NameGlob.ANY, NameGlob.ANY, Set.of(kinds)),
            Duration.ofSeconds(1),
            isDryRun);
    return new XtreamImport(account, gate, scope, waits::add, clock, news::add);
  }

  private List<String> ids() {
    return library.entries().stream().map(CatalogEntry::sourceId).toList();
  }

  private void assertIncomplete(XtreamResult result, String reason) {
    assertThat(result.problems()).singleElement().asString().contains("incomplete", reason);
    assertThat(library.complete()).contains(false);
  }

  // What panels write.

  @Test
  void films_cleanAndDirty_haveTheirFields() throws Exception {
    panel.answer(
        "get_vod_categories", "{\"0\":{\"category_id\":\"5\",\"category_name\":\"Drama\"}}");
    panel.answer(
        "get_vod_streams",
        """
        [{"stream_id":"1","name":"One\\nmore","year":"1999","category_id":5,"tmdb":"603",
          "container_extension":"mkv","added":"x","backdrop_path":"","info":[]},
         {"stream_id":2.0,"name":"<b>Two</b>","releaseDate":"2001-05-03","category_ids":[5,6],
          "container_extension":null,"tmdb":0,},
         {"stream_id":null,"name":"none"}, null, 5, [], {"name":"no id"}, {"stream_id":3},
         {"stream_id":"4; rm","name":"no number"}]
        <br /> Notice: undefined index\
        """);
    assertThat(run(EntryKind.FILM).isComplete()).isTrue();
    assertThat(library.entries()).hasSize(2);
    FilmEntry one = (FilmEntry) library.entries().getFirst();
    assertThat(one.title()).isEqualTo("One more");
    assertThat(one.year()).isEqualTo(OptionalInt.of(1999));
    assertThat(one.ids()).isEqualTo(new WorkIds(Optional.of("603"), Optional.empty()));
    assertThat(one.group()).isEqualTo("Drama");
    assertThat(one.target().reveal())
        .endsWith("/movie/" + ScriptedPanel.USER + "/" + ScriptedPanel.PASSWORD + "/1.mkv");
    FilmEntry two = (FilmEntry) library.entries().getLast();
    assertThat(two.title()).isEqualTo("<b>Two</b>");
    assertThat(two.year()).isEqualTo(OptionalInt.of(2001));
    assertThat(two.group()).isEqualTo("Drama");
    assertThat(two.target().reveal()).endsWith("/2.mp4");
  }

  @Test
  void films_asObjectKeyedByNumber_orAsGzip_areRead() throws Exception {
    panel.answer("get_vod_streams", "{\"1\":{\"stream_id\":1,\"name\":\"One\"}}");
    run(EntryKind.FILM);
    assertThat(ids()).containsExactly("film-1");
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(FILMS.getBytes(StandardCharsets.UTF_8));
    }
    panel.answer("get_vod_streams", Script.of(Content.ofBytes(zipped.toByteArray())));
    run(EntryKind.FILM);
    assertThat(ids()).containsExactly("film-1", "film-2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // By season, as most panels write it.
        "{\"episodes\":{\"2\":[{\"id\":\"71\",\"episode_num\":\"3\",\"season\":2}]}}",
        // A season that only the key tells, and a list keyed by number.
        "{\"info\":[],\"episodes\":{\"2\":{\"0\":{\"id\":71,\"episode_num\":3,\"info\":[]}}}}",
        // A list of lists, and one list.
        "{\"episodes\":[[{\"id\":71,\"episode_num\":3,\"season\":\"2\"}]]}",
        "{\"seasons\":null,\"episodes\":[{\"id\":71,\"episode_num\":3,\"season\":\"2\"}],}",
      })
  void episodes_inAnyShape_areRead(String json) throws Exception {
    panel.answer("get_series", "[{\"series_id\":7,\"name\":\"Seven\"}]");
    panel.answer("get_series_info 7", json);
    assertThat(run(EntryKind.SERIES).isComplete()).isTrue();
    EpisodeEntry episode = (EpisodeEntry) library.entries().getFirst();
    assertThat(episode.season()).isEqualTo(2);
    assertThat(episode.number()).isEqualTo(3);
    assertThat(episode.target().reveal()).contains("/series/").endsWith("/71.mp4");
  }

  @Test
  void series_withoutEpisodes_isComplete() throws Exception {
    panel.answer("get_series", SERIES);
    panel.answer("get_series_info 7", "{\"episodes\":[],\"info\":null}");
    panel.answer("get_series_info 8", "[]");
    assertThat(run(EntryKind.SERIES).isComplete()).isTrue();
    assertThat(library.entries()).isEmpty();
  }

  @Test
  void channels_areListed() throws Exception {
    panel.answer(
        "get_live_streams", "[{\"stream_id\":9,\"name\":\"News\",\"epg_channel_id\":\"news.tv\"}]");
    run(EntryKind.LIVE);
    assertThat(library.entries().getFirst().target().reveal()).contains("/live/").endsWith("9.ts");
  }

  // What is asked.

  @Test
  void requests_areFewAndPaced_andTheLimitIsReported() throws Exception {
    panel.account("\"max_connections\":\"3\"").answer("get_vod_streams", FILMS);
    run(EntryKind.FILM);
    assertThat(panel.questions()).isEqualTo(3);
    assertThat(waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1));
    assertThat(gate.limits()).containsExactly(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "\"\"", "null", "\"unlimited\"", "9999", "[]"})
  void limit_thatIsNone_isNotReported(String written) throws Exception {
    panel.account("\"max_connections\":" + written);
    run(EntryKind.FILM);
    assertThat(gate.limits()).isEmpty();
  }

  @Test
  void series_unchanged_isNotAskedAgain() throws Exception {
    panel.answer("get_series", SERIES).answer("get_series_info", EPISODES);
    run(EntryKind.SERIES);
    List<CatalogEntry> first = library.entries();
    int questions = panel.questions();
    assertThat(run(EntryKind.SERIES).isComplete()).isTrue();
    assertThat(panel.questions() - questions).isEqualTo(3);
    assertThat(library.entries()).isEqualTo(first).isNotEmpty();
    panel.answer("get_series", SERIES.replaceFirst("100", "101"));
    run(EntryKind.SERIES);
    assertThat(panel.requests("get_series_info")).hasSize(3);
  }

  @Test
  void dryRun_writesNothing_andUsesWhatIsKept() throws Exception {
    panel.answer("get_series", SERIES).answer("get_series_info", EPISODES);
    assertThat(dryRun(folder.resolve("new")).isComplete()).isTrue();
    List<CatalogEntry> first = library.entries();
    assertThat(panel.requests("get_series_info")).hasSize(2);
    assertThat(folder).isEmptyDirectory();
    run(EntryKind.SERIES);
    panel.answer("get_series", SERIES.replaceFirst("100", "101"));
    List<String> before = kept();
    assertThat(before).hasSize(2);
    assertThat(dryRun(folder).isComplete()).isTrue();
    assertThat(library.entries()).isEqualTo(first).isNotEmpty();
    assertThat(panel.requests("get_series_info")).as("one has changed").hasSize(5);
    assertThat(kept()).isEqualTo(before);
  }

  private List<String> kept() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      List<String> kept = new ArrayList<>();
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        kept.add(file + " " + Files.readString(file));
      }
      return kept;
    }
  }

  @Test
  void series_withoutDate_isAskedAgainAfterAWeek() throws Exception {
    panel.answer("get_series", SERIES.replace("last_modified", "x"));
    panel.answer("get_series_info", EPISODES);
    run(EntryKind.SERIES);
    clock.setWall(NOW.plus(Duration.ofDays(6)));
    run(EntryKind.SERIES);
    assertThat(panel.requests("get_series_info")).hasSize(2);
    clock.setWall(NOW.plus(Duration.ofDays(8)));
    run(EntryKind.SERIES);
    assertThat(panel.requests("get_series_info")).hasSize(4);
  }

  // Trouble.

  @Test
  void list_cutInTheMiddle_isReadAgain() throws Exception {
    Script whole = Script.status(200, "application/json", FILMS);
    panel.answer("get_vod_streams", whole.onRequest(1, script -> script.cutAfter(40, Cut.RESET)));
    assertThat(run(EntryKind.FILM).isComplete()).isTrue();
    assertThat(ids()).containsExactly("film-1", "film-2");
    assertThat(waits).contains(Duration.ofSeconds(2));
  }

  /** The connection ends as if the response were complete; only the JSON shows that it is not. */
  @Test
  void list_thatEndsTooSoon_isIncomplete_afterFiveAttempts() throws Exception {
    panel.answer("get_vod_streams", FILMS.substring(0, 50));
    assertIncomplete(run(EntryKind.FILM), "broke off");
    assertThat(panel.requests("get_vod_streams")).hasSize(5);
    assertThat(waits)
        .contains(Duration.ofSeconds(4), Duration.ofSeconds(8), Duration.ofSeconds(16));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "false", "\"\"", "{}", "{\"user_info\":{\"auth\":0}}", "", "  "})
  void list_thatIsNone_isIncomplete(String json) throws Exception {
    panel.answer("get_vod_streams", json);
    assertIncomplete(run(EntryKind.FILM), "films could not be read");
  }

  @Test
  void list_aWebPage_isIncomplete_andSaysSo() throws Exception {
    panel.answer(
        "get_vod_streams", Script.status(200, "text/html", "\n<!DOCTYPE html><p>maintenance"));
    assertIncomplete(run(EntryKind.FILM), "it sent a web page");
  }

  @Test
  void tooManyRequests_isAskedAgainWhenThePanelSays() throws Exception {
    Script busy = Script.status(429).header("Retry-After", "37");
    panel.answer(
        "get_vod_streams", Script.status(200, "application/json", FILMS).onRequest(1, _ -> busy));
    assertThat(run(EntryKind.FILM).isComplete()).isTrue();
    assertThat(waits).contains(Duration.ofSeconds(37));
    assertThat(news).anySatisfy(line -> assertThat(line).contains("in 37 s").contains("429"));
  }

  @Test
  void tooManyRequests_forAnHour_endsTheImportForNow() throws Exception {
    panel.answer("get_vod_streams", Script.status(429).header("Retry-After", "3600"));
    assertIncomplete(run(EntryKind.FILM), "too many requests");
    assertThat(panel.requests("get_vod_streams")).hasSize(1);
  }

  /** Series 7 was read before; its episodes stay, and the other kinds are read all the same. */
  @Test
  void outage_duringSeries_keepsWhatWasRead_andIsIncomplete() throws Exception {
    panel.answer("get_series", SERIES).answer("get_series_info", EPISODES);
    run(EntryKind.SERIES);
    panel.answer("get_series", SERIES.replace("100", "101"));
    panel.answer("get_series_info", Script.status(500));
    panel.answer("get_vod_streams", FILMS);
    XtreamResult result = run(EntryKind.FILM, EntryKind.SERIES);
    assertIncomplete(result, "2 of 2 series failed");
    assertThat(ids()).containsExactly("film-1", "film-2", "episode-71");
  }

  @Test
  void outage_ofManySeries_isNoStormOfRequests() throws Exception {
    StringBuilder many = new StringBuilder("[");
    for (int id = 1; id <= 50; id++) {
      many.append("{\"series_id\":").append(id).append(",\"name\":\"S").append(id).append("\"},");
    }
    panel.answer("get_series", many.append("]").toString());
    panel.answer("get_series_info", Script.status(503));
    assertIncomplete(run(EntryKind.SERIES), "50 of 50");
    assertThat(panel.requests("get_series_info")).hasSize(15);
  }

  @Test
  void accountInUse_isWaitedFor_andIsNoFailure() throws Exception {
    gate.inUse(20);
    panel.answer("get_vod_streams", FILMS);
    assertThat(run(EntryKind.FILM).isComplete()).isTrue();
    assertThat(news).filteredOn(line -> line.contains("a player uses the account")).hasSize(1);
  }

  // Refusals.

  private void assertRefused(String words) throws Exception {
    XtreamResult result = run(EntryKind.FILM);
    assertThat(result.summary()).isEmpty();
    assertThat(result.problems()).singleElement().asString().contains(words, "127.0.0.1");
    assertThat(result.problems().toString()).doesNotContain("Canary");
    assertThat(library.complete()).isEmpty();
    assertThat(panel.questions()).isEqualTo(1);
  }

  @Test
  void account_refusedWith403_isASentence() throws Exception {
    panel.answer(ScriptedPanel.ACCOUNT, Script.status(403));
    assertRefused("refuses the user and the password, or this program (status 403)");
  }

  @Test
  void account_notThere_isASentence() throws Exception {
    panel.answer(ScriptedPanel.ACCOUNT, Script.status(404));
    assertRefused("has no panel at this address");
  }

  @Test
  void account_notAuthorized_isASentence() throws Exception {
    panel.account("\"auth\":0");
    assertRefused("does not accept this user and password");
  }

  @Test
  void account_expired_isASentence() throws Exception {
    panel.account("\"exp_date\":\"" + NOW.minusSeconds(86400).getEpochSecond() + "\"");
    assertRefused("ended on 2026-05-31");
    panel.account("\"exp_date\":\"" + NOW.plusSeconds(86400).getEpochSecond() + "\"");
    assertThat(run(EntryKind.FILM).isComplete()).isTrue();
  }

  @Test
  void account_banned_isASentence() throws Exception {
    panel.account("\"status\":\"Banned\"");
    assertRefused("the account is banned");
  }
}
