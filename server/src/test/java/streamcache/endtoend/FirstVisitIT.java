package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.OperatorBrowser.expectUsable;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.testkit.process.Run;

/** The first visit to the operator's page, in a real browser. No provider exists. */
final class FirstVisitIT {

  private static final String PASSWORD = "correct horse battery";
  private static final String SECOND = "another long password";

  private static OperatorBrowser browser;

  @TempDir Path folder;

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

  @Test
  void firstVisit_setsThePassword_whichLogsInAgainAndCanBeChanged() throws IOException {
    try (Product product = Product.start(folder, Map.of());
        Page page = browser.page(1280, 800, ColorScheme.LIGHT)) {
      page.navigate("http://127.0.0.1:" + product.address().getPort() + "/admin");
      choose(page, "short", "short");
      isAlert(page, "A password has at least 8 characters.");
      choose(page, PASSWORD, SECOND);
      isAlert(page, "The two passwords are not the same.");
      expectUsable(page, "first-visit");
      choose(page, PASSWORD, PASSWORD);
      heading(page, "Now");

      click(page, "Log out");
      enter(page, "wrong password");
      isAlert(page, "This is neither the password nor a token.");
      enter(page, PASSWORD);
      heading(page, "Now");

      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Settings")).click();
      page.getByLabel("Old password or token").fill(PASSWORD);
      page.getByLabel("New password").fill(SECOND);
      page.getByLabel("The same again").fill(SECOND);
      click(page, "Change the password");
      page.getByText("The password is set; other sessions have ended.").waitFor();
      expectUsable(page, "settings-password");
      page.reload();
      heading(page, "Settings");

      click(page, "Log out");
      enter(page, PASSWORD);
      isAlert(page, "This is neither the password nor a token.");
      enter(page, Files.readString(folder.resolve("config").resolve("admin.token")).strip());
      heading(page, "Settings");
    }
  }

  /** Somebody was first, or the password is forgotten. */
  @Test
  void password_setByTheCommand_opensThePage() {
    try (Product product = Product.start(folder, Map.of());
        Page page = browser.page(1280, 800, ColorScheme.LIGHT)) {
      Run none = Product.run(folder, Map.of(), "password");
      assertThat(none.exitCode()).isEqualTo(2);
      assertThat(none.err()).contains("on standard input");
      assertThat(piped("short").err()).contains("at least 8 characters");
      assertThat(piped(PASSWORD).expectGood().out()).contains("The password is set");

      page.navigate("http://127.0.0.1:" + product.address().getPort() + "/admin/");
      enter(page, PASSWORD);
      heading(page, "Now");
      assertThat(piped(SECOND).expectGood().out()).doesNotContain(SECOND);
      page.getByText("The session has ended; log in again.").waitFor();
    }
  }

  private Run piped(String line) {
    String command = String.join(" ", Product.command("password"));
    ProcessBuilder shell = new ProcessBuilder("sh", "-c", "echo \"$TYPED\" | " + command);
    shell.environment().putAll(Product.environment(folder, Map.of()));
    shell.environment().put("TYPED", line);
    return Run.of(shell);
  }

  private static void choose(Page page, String password, String again) {
    page.getByLabel("New password").fill(password);
    page.getByLabel("The same again").fill(again);
    click(page, "Set the password");
  }

  private static void enter(Page page, String secret) {
    page.getByLabel("Password or token").fill(secret);
    page.keyboard().press("Enter");
  }

  private static void click(Page page, String button) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button)).click();
  }

  private static void heading(Page page, String words) {
    page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(words).setExact(true))
        .waitFor();
  }

  private static void isAlert(Page page, String sentence) {
    page.getByRole(AriaRole.ALERT)
        .filter(new Locator.FilterOptions().setHasText(sentence))
        .waitFor();
  }
}
