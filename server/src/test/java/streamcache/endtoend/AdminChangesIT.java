package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.OperatorBrowser.expectUsable;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator changes on the page, in a real browser: files of a running server. */
final class AdminChangesIT {

  private static final String TOKEN = "token-of-the-operator-of-this-house";
  private static final String COMMENT = "# the children's room is on a slow line";

  private static OperatorBrowser browser;

  @TempDir Path folder;

  private Path settings;
  private Path film;
  private Product product;

  @BeforeAll
  static void open() {
    browser = OperatorBrowser.open();
  }

  @AfterAll
  static void shut() {
    if (browser != null) {
      browser.close();
    }
  }

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
    Page page = browser.page(390, 844, ColorScheme.LIGHT);
    OperatorBrowser.logIn(page, product, TOKEN);
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name)).click();
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
