package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.OperatorBrowser.click;
import static streamcache.endtoend.OperatorBrowser.expectUsable;
import static streamcache.endtoend.OperatorBrowser.view;
import static streamcache.endtoend.OperatorBrowser.visit;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.SelectOption;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.player.Films;
import streamcache.testkit.player.Films.Container;

/** The operator's page in a real browser, against the running product. */
final class AdminPageIT {

  private static final String TOKEN = "token-of-the-operator-of-this-house";
  private static final Content FILM = Content.of(81, 24 << 20);
  private static final Content STORED = Content.of(82, 3 << 20);

  /** Slower than a test, so that the film is still being fetched when it is looked at. */
  private static final int PACE = 1 << 20;

  /** A provider or a library may name a film like this. */
  private static final String HOSTILE = "/%3Cimg%20src=x%20onerror=document.title=1%3E.mkv";

  @RegisterExtension private static final OperatorBrowser BROWSER = new OperatorBrowser();

  @TempDir Path folder;

  private final Set<String> hosts = ConcurrentHashMap.newKeySet();
  private ScriptedOrigin provider;
  private Product product;

  @BeforeEach
  void start() throws IOException {
    provider = ScriptedOrigin.start();
    provider.serve("/film.mkv", Script.of(FILM).pace(PACE));
    provider.serve(
        "/stored.mkv",
        Script.of(STORED)
            .header("Content-Disposition", "attachment; filename=\"" + HOSTILE + "\""));
    product = Product.start(folder, Map.of("ADMIN_TOKEN", TOKEN));
    RawClient.get(product.address(), product.link(provider.url("/stored.mkv")) + HOSTILE)
        .check(STORED, 0, STORED.length());
  }

  @AfterEach
  void nothingElseWasAsked() {
    assertThat(hosts).as("hosts that the page asked").hasSizeLessThanOrEqualTo(1);
    assertThat(provider.requests("/stored.mkv")).hasSize(1);
    assertThat(provider.requests("/film.mkv")).hasSizeLessThanOrEqualTo(1);
    product.close();
    provider.close();
  }

  private Page page(int width, int height, ColorScheme scheme) {
    Page page = BROWSER.page(width, height, scheme);
    page.onRequest(request -> hosts.add(request.url().replaceAll("^(\\w+://[^/]+)/.*", "$1")));
    page.onPageError(error -> hosts.add("script error: " + error));
    return page;
  }

  private Page loggedIn(int width, int height, ColorScheme scheme) {
    Page page = page(width, height, scheme);
    OperatorBrowser.logIn(page, product, TOKEN);
    return page;
  }

  @Test
  void login_wrongToken_isRefusedWithASentence_andTheRightOneLastsAcrossAReload() {
    try (Page page = page(1280, 800, ColorScheme.LIGHT)) {
      visit(page, product);
      page.getByLabel("Token").fill("wrong");
      page.keyboard().press("Enter");
      assertThat(page.getByRole(AriaRole.ALERT).textContent())
          .isEqualTo("This token is not valid.");
      page.getByLabel("Token").fill(TOKEN);
      page.keyboard().press("Enter");
      page.getByText("Nothing is being played.").waitFor();
      page.reload();
      page.getByText("Nothing is being played.").waitFor();
      click(page, "Log out");
      page.getByLabel("Token").waitFor();
      page.reload();
      page.getByLabel("Token").waitFor();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1280, 800, LIGHT",
    "1280, 800, DARK",
    "390, 844, LIGHT",
    "390, 844, DARK",
  })
  void now_filmThatIsFetched_isShownWithItsPlayer(int width, int height, ColorScheme scheme)
      throws IOException {
    try (CheckedStream player =
            RawClient.stream(product.address(), product.link(provider.url("/film.mkv")), FILM)
                .awaitBytes(1);
        Page page = loggedIn(width, height, scheme)) {
      Locator card =
          page.getByRole(AriaRole.ARTICLE)
              .filter(new Locator.FilterOptions().setHasText(Pattern.compile("film\\.mkv")))
              .filter(new Locator.FilterOptions().setHasText("127.0.0.1"))
              .first();
      card.waitFor();
      card.locator("svg .present").first().waitFor();
      card.locator("svg .reader").first().waitFor();
      double before = width(card);
      page.waitForCondition(() -> width(card) > before);
      page.getByText("1 of ").first().waitFor();
      expectUsable(page, "now-" + width + "-" + scheme);
      player.awaitBytes(PACE);
    }
  }

  private static double width(Locator card) {
    return Double.parseDouble(card.locator("svg .present").first().getAttribute("width"));
  }

  @Test
  void cache_evict_asksFirst_andTheTitleIsGone() throws IOException {
    try (Page page = loggedIn(1280, 800, ColorScheme.LIGHT)) {
      view(page, "Cache");
      Locator row = page.locator("tbody tr");
      row.first().waitFor();
      assertThat(row.count()).isEqualTo(1);
      assertThat(row.textContent()).contains("<img src=x", "127.0.0.1", "3.1 MB", "all");
      assertThat(page.locator("tbody img").count()).isZero();
      expectUsable(page, "cache-1280-LIGHT");
      page.onceDialog(dialog -> dialog.dismiss());
      button(row, "Evict").click();
      assertThat(row.count()).isEqualTo(1);
      button(row, "Pin").click();
      button(row, "Unpin").waitFor();
      assertThat(button(row, "Evict").isDisabled()).isTrue();
      button(row, "Unpin").click();
      button(row, "Pin").waitFor();
      button(row, "Keep").click();
      button(row, "Unkeep").waitFor();
      assertThat(page.getByRole(AriaRole.STATUS).last().textContent())
          .contains("The file is kept/");
      button(row, "Unkeep").click();
      button(row, "Keep").waitFor();
      page.getByText("What goes next").click();
      page.getByText("It was played within the last ten minutes").waitFor();
      expectUsable(page, "cache-next-1280-LIGHT");
      page.onceDialog(dialog -> dialog.dismiss());
      button(row, "Forget").click();
      assertThat(row.count()).isEqualTo(1);
      page.onceDialog(dialog -> dialog.accept());
      button(row, "Evict").click();
      page.getByText("No titles.").waitFor();
      assertThat(page.title()).isEqualTo("Cache · Streamcache");
    }
    assertThat(product.metrics()).contains("streamcache_store_titles 0.0");
  }

  /** Only the first bytes of the film are stored; nobody plays it any more. */
  @Test
  void cache_complete_fetchesTheRest() throws IOException {
    RawClient.get(product.address(), product.link(provider.url("/film.mkv")), "Range: bytes=0-99")
        .check(FILM, 0, 100);
    try (Page page = loggedIn(1280, 800, ColorScheme.DARK)) {
      view(page, "Cache");
      Locator row =
          page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText("film.mkv"));
      Locator complete =
          page.locator("tbody tr").filter(new Locator.FilterOptions().setHasNotText("film.mkv"));
      assertThat(button(complete, "Complete").isDisabled()).isTrue();
      button(row, "Complete").click();
      page.getByText("is fetched as soon as players leave a connection to it").waitFor();
      expectUsable(page, "complete-1280-DARK");
      view(page, "Now");
      page.getByText("1 title is fetched before anybody plays it").waitFor();
    }
  }

  private static Locator button(Locator row, String words) {
    return row.getByRole(
        AriaRole.BUTTON,
        new Locator.GetByRoleOptions().setName(Pattern.compile("^" + words + " ")));
  }

  @Test
  void link_madeOnThePage_playsTheFilm() throws IOException {
    try (Page page = loggedIn(390, 844, ColorScheme.DARK)) {
      view(page, "Make a link");
      page.getByLabel("URL of the film").fill("ftp://provider.example/film.mkv");
      page.keyboard().press("Enter");
      page.getByRole(AriaRole.ALERT).waitFor();
      page.getByLabel("URL of the film").fill(provider.url("/stored.mkv"));
      page.keyboard().press("Enter");
      Locator made = page.getByRole(AriaRole.ARTICLE);
      made.waitFor();
      String link = made.locator("code").textContent();
      assertThat(link).contains("/e/").doesNotContain("stored.mkv?");
      expectUsable(page, "link-390-DARK");
      RawClient.get(product.address(), link.replaceFirst("^http://[^/]+", ""))
          .check(STORED, 0, STORED.length());
    }
  }

  @Test
  void link_tested_showsWhatTheProviderAnswers_andPlaysTheFilm() throws IOException {
    Path film = Films.ofBuild().film(Container.MP4_FAST_START, Duration.ofSeconds(30), 2800);
    Content content = Content.ofFile(film);
    provider.serve("/real.mp4", Script.of(content).type("video/mp4"));
    try (Page page = loggedIn(390, 844, ColorScheme.LIGHT)) {
      view(page, "Make a link");
      page.getByLabel("URL of the film").fill(provider.url("/real.mp4"));
      page.keyboard().press("Enter");
      page.getByText("Test", new Page.GetByTextOptions().setExact(true)).click();
      page.getByText("Status 206").waitFor();
      page.getByText("bytes 0-0/" + content.length()).waitFor();
      page.getByText("It plays.").waitFor();
      expectUsable(page, "link-test-390-LIGHT");
    }
    provider.awaitIdle();
    assertThat(provider.requests("/real.mp4").getFirst().range()).contains("bytes=0-0");
    assertThat(provider.bodyBytes("/real.mp4")).isLessThanOrEqualTo(content.length() + 1);
  }

  @Test
  void why_afterAPlay_saysWhyTheProviderWasAsked() throws IOException {
    try (Page page = loggedIn(1280, 800, ColorScheme.DARK)) {
      view(page, "Why");
      page.getByText("a player opened the film, of which nothing was stored").waitFor();
      page.getByText("everything asked for arrived").waitFor();
      page.getByLabel("Film").selectOption(new SelectOption().setIndex(1));
      page.getByText("a player opened the film, of which nothing was stored").waitFor();
      expectUsable(page, "why-1280-DARK");
    }
  }

  @ParameterizedTest
  @CsvSource({"1280, 800, LIGHT", "390, 844, DARK"})
  void history_afterAPlay_showsItAsChartsAndNumbers(int width, int height, ColorScheme scheme)
      throws IOException {
    try (Page page = loggedIn(width, height, scheme)) {
      view(page, "History");
      page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Numbers")).waitFor();
      assertThat(page.locator("svg.bars").count()).isEqualTo(6);
      Locator last = page.locator("tbody tr").last();
      assertThat(last.textContent()).contains("3.1 MB");
      assertThat(page.locator("svg.bars").first().locator("title").last().textContent())
          .contains("from providers 3.1 MB");
      expectUsable(page, "history-" + width + "-" + scheme);
      page.getByLabel("Show").selectOption("year");
      page.waitForCondition(() -> page.locator("tbody tr").count() == 12);
      assertThat(page.locator("tbody tr").last().textContent()).contains("3.1 MB");
      page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Numbers")).focus();
      expectUsable(page, "history-year-" + width + "-" + scheme);
    }
  }

  @Test
  void cache_search_findsByName() throws IOException {
    RawClient.get(product.address(), product.link(provider.url("/film.mkv")), "Range: bytes=0-99")
        .check(FILM, 0, 100);
    try (Page page = loggedIn(390, 844, ColorScheme.DARK)) {
      view(page, "Cache");
      page.getByLabel("Search").fill("film");
      page.keyboard().press("Enter");
      page.locator("tbody tr")
          .filter(new Locator.FilterOptions().setHasText("film.mkv"))
          .first()
          .waitFor();
      page.waitForCondition(() -> page.locator("tbody tr").count() == 1);
      page.getByLabel("Search").fill("no such film");
      page.keyboard().press("Enter");
      page.getByText("No titles.").waitFor();
      expectUsable(page, "cache-390-DARK");
    }
  }

  @Test
  void cache_show_filters_andDrawsWhereAFilmIsStored() throws IOException {
    RawClient.get(product.address(), product.link(provider.url("/film.mkv")), "Range: bytes=0-99")
        .check(FILM, 0, 100);
    try (Page page = loggedIn(1280, 800, ColorScheme.DARK)) {
      view(page, "Cache");
      page.waitForCondition(() -> page.locator("tbody tr").count() == 2);
      page.getByLabel("Sort by").selectOption("Name");
      page.locator("tbody tr:first-child").getByText("<img").waitFor();
      click(page, "A to Z");
      page.locator("tbody tr:first-child").getByText("film.mkv").first().waitFor();
      page.getByText("Z to A").waitFor();
      page.getByLabel("Show").selectOption("Pinned or kept");
      page.getByText("No titles.").waitFor();
      page.getByLabel("Show").selectOption("In part");
      page.waitForCondition(() -> page.locator("tbody tr").count() == 1);
      page.locator("tbody summary").click();
      page.locator("tbody svg .present").first().waitFor();
      expectUsable(page, "cache-show-1280-DARK");
    }
  }

  @Test
  void providersAndSettings_showWhatIsKnown_andNoSecret() throws IOException {
    try (Page page = loggedIn(390, 844, ColorScheme.LIGHT)) {
      view(page, "Settings");
      Locator row =
          page.getByRole(AriaRole.ARTICLE)
              .filter(new Locator.FilterOptions().setHasText("ADMIN_TOKEN"))
              .first();
      row.waitFor();
      assertThat(row.textContent()).contains("****").doesNotContain(TOKEN);
      expectUsable(page, "settings-390-LIGHT");
      view(page, "Providers");
      page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("127.0.0.1")).waitFor();
      expectUsable(page, "providers-390-LIGHT");
    }
  }

  /** An open page must not hold up the stop of the server. */
  @Test
  void stop_withAnOpenPage_isNotHeldUp() {
    try (Page page = loggedIn(1280, 800, ColorScheme.LIGHT)) {
      long begun = System.nanoTime();
      product.close();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
      page.getByText("The server does not answer").waitFor();
    }
  }
}
