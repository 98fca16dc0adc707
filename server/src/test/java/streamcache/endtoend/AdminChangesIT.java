package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.OperatorBrowser.expectUsable;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the operator changes on the page, in a real browser: files of a running server. */
final class AdminChangesIT {

  private static final String TOKEN = "token-of-the-operator-of-this-house";
  private static final String COMMENT = "# the children's room is on a slow line";

  @RegisterExtension private static final OperatorBrowser BROWSER = new OperatorBrowser();

  @TempDir Path folder;

  private Path settings;
  private Path film;
  private Product product;

  /** The folder of an import is not watched, so that only the operator changes it. */
  @BeforeEach
  void start() throws IOException {
    Path tree = Files.createDirectories(folder.resolve("library"));
    film = Files.writeString(tree.resolve("Film (2001).strm"), "http://127.0.0.1:1/film.mkv\n");
    settings = Files.createDirectories(folder.resolve("config")).resolve("streamcache.conf");
    Files.writeString(
        settings,
        COMMENT
            + "\nANSWER_WITHIN = 9s\n\n[import tv]\nURL = http://127.0.0.1:1\nUSER = u\n"
            + "PASSWORD = p\nFOLDER = "
            + tree
            + "\n");
    product = Product.start(folder, Map.of("ADMIN_TOKEN", TOKEN));
  }

  @AfterEach
  void close() {
    product.close();
  }

  private Page view(String name) {
    return view(name, 390, 844, ColorScheme.LIGHT);
  }

  private Page view(String name, int width, int height, ColorScheme scheme) {
    Page page = BROWSER.page(width, height, scheme);
    OperatorBrowser.logIn(page, product, TOKEN);
    OperatorBrowser.view(page, name);
    return page;
  }

  @Test
  void setting_changed_isInTheFile_andAWrongValueIsRefusedWithASentence() throws IOException {
    try (Page page = view("Settings")) {
      page.getByLabel("New value of COMPLETE_AFTER").fill("35%");
      page.keyboard().press("Enter");
      page.getByText("Changed.").waitFor();
      assertThat(Files.readString(settings))
          .startsWith(COMMENT + "\nANSWER_WITHIN = 9s\n")
          .contains("COMPLETE_AFTER=35%");

      page.getByLabel("New value of COMPLETE_AFTER").fill("often");
      page.keyboard().press("Enter");
      page.getByText("COMPLETE_AFTER").and(page.getByRole(AriaRole.STATUS)).waitFor();
      assertThat(Files.readString(settings)).doesNotContain("often");
      expectUsable(page, "settings-change-390-LIGHT");
    }
  }

  private static Locator group(Page page, String name) {
    return page.locator("details.group")
        .filter(
            new Locator.FilterOptions()
                .setHas(
                    page.locator("summary").filter(new Locator.FilterOptions().setHasText(name))));
  }

  private static boolean isOpen(Locator group) {
    return (Boolean) group.evaluate("group => group.open");
  }

  @Test
  void settings_groups_thoseWithChangesAreOpen_andKeysOpenTheOthers() throws IOException {
    try (Page page = view("Settings")) {
      Locator playing = group(page, "Playing");
      Locator library = group(page, "Library");
      playing.waitFor();
      assertThat(playing.locator("summary").textContent()).contains("1 of 8 changed");
      assertThat(isOpen(playing)).isTrue();
      assertThat(library.locator("summary").textContent()).doesNotContain("changed");
      assertThat(isOpen(library)).isFalse();

      library.locator("summary").press("Enter");
      library.getByText("PREWARM_NEXT", new Locator.GetByTextOptions().setExact(true)).waitFor();
      page.getByLabel("Use the default of ANSWER_WITHIN").click();
      page.getByText("Changed.").waitFor();
      assertThat(playing.locator("summary").textContent()).doesNotContain("changed");
      assertThat(isOpen(playing)).as("it stays open while somebody is there").isTrue();
      playing.locator("summary").press("Enter");
      page.waitForCondition(() -> !isOpen(playing));
    }
    assertThat(Files.readString(settings)).doesNotContain("ANSWER_WITHIN");
  }

  @Test
  void settings_search_opensWhatItFinds_andLeavesTheOthersAsTheyWere() {
    try (Page page = view("Settings")) {
      Locator groups = page.locator("details.group");
      groups.first().waitFor();
      assertThat(groups.count()).isEqualTo(9);
      group(page, "Playing").locator("summary").click();
      page.waitForCondition(() -> !isOpen(group(page, "Playing")));
      page.getByLabel("Search settings").fill("first_byte_within");
      page.waitForCondition(() -> groups.count() == 1);
      page.getByText("FIRST_BYTE_WITHIN").waitFor();
      assertThat(page.locator("details.group article").count()).isEqualTo(1);

      page.getByLabel("Search settings").fill("no such setting");
      page.getByText("No setting has this text.").waitFor();
      page.getByLabel("Search settings").fill("");
      page.waitForCondition(() -> groups.count() == 9);
      assertThat(isOpen(group(page, "Playing"))).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1280, 800, LIGHT",
    "1280, 800, DARK",
    "390, 844, LIGHT",
    "390, 844, DARK",
  })
  void settings_anyScreen_areUsable(int width, int height, ColorScheme scheme) throws IOException {
    try (Page page = view("Settings", width, height, scheme)) {
      group(page, "Playing").waitFor();
      expectUsable(page, "settings-groups-" + width + "-" + scheme);
    }
  }

  @Test
  void library_lookedThrough_getsLinksAfterThePreview() throws IOException {
    String before = Files.readString(film);
    try (Page page = view("Library")) {
      page.onDialog(Dialog::accept);
      page.getByText("Look through it").click();
      page.getByText("Get a link: 1").waitFor();
      assertThat(Files.readString(film)).isEqualTo(before);
      expectUsable(page, "library-390-LIGHT");
      page.getByText("Give these files links").click();
      page.getByText("Were given a link: 1").waitFor();
      assertThat(Files.readString(film)).contains("/e/").doesNotContain("film.mkv\n");
    }
  }
}
