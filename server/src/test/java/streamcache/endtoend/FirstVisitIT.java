package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.OperatorBrowser.awaitHeading;
import static streamcache.endtoend.OperatorBrowser.click;
import static streamcache.endtoend.OperatorBrowser.expectUsable;
import static streamcache.endtoend.OperatorBrowser.view;
import static streamcache.endtoend.OperatorBrowser.visit;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import streamcache.testkit.process.Run;

/** The first visit to the operator's page, in a real browser. No provider exists. */
final class FirstVisitIT {

  private static final String PASSWORD = "correct horse battery";
  private static final String SECOND = "another long password";

  @RegisterExtension private static final OperatorBrowser BROWSER = new OperatorBrowser();

  @TempDir Path folder;

  @Test
  void firstVisit_setsThePassword_whichLogsInAgainAndCanBeChanged() throws IOException {
    try (Product product = Product.start(folder, Map.of());
        Page page = BROWSER.page(1280, 800, ColorScheme.LIGHT)) {
      visit(page, product);
      choose(page, "short", "short");
      isAlert(page, "A password has at least 8 characters.");
      choose(page, PASSWORD, SECOND);
      isAlert(page, "The two passwords are not the same.");
      expectUsable(page, "first-visit");
      choose(page, PASSWORD, PASSWORD);
      awaitHeading(page, "Now");

      click(page, "Log out");
      enter(page, "wrong password");
      isAlert(page, "This is neither the password nor a token.");
      enter(page, PASSWORD);
      awaitHeading(page, "Now");

      view(page, "Settings");
      page.getByText("Password of this page").click();
      page.getByLabel("Old password or token").fill(PASSWORD);
      page.getByLabel("New password").fill(SECOND);
      page.getByLabel("The same again").fill(SECOND);
      click(page, "Change the password");
      page.getByText("The password is set; other sessions have ended.").waitFor();
      expectUsable(page, "settings-password");
      page.reload();
      awaitHeading(page, "Settings");

      click(page, "Log out");
      enter(page, PASSWORD);
      isAlert(page, "This is neither the password nor a token.");
      enter(page, Files.readString(folder.resolve("config").resolve("admin.token")).strip());
      awaitHeading(page, "Settings");
    }
  }

  /** Somebody was first, or the password is forgotten. */
  @Test
  void password_setByTheCommand_opensThePage() {
    try (Product product = Product.start(folder, Map.of());
        Page page = BROWSER.page(1280, 800, ColorScheme.LIGHT)) {
      Run none = Product.run(folder, Map.of(), "password");
      assertThat(none.exitCode()).isEqualTo(2);
      assertThat(none.err()).contains("on standard input");
      assertThat(piped("short").err()).contains("at least 8 characters");
      assertThat(piped(PASSWORD).expectGood().out()).contains("The password is set");

      visit(page, product);
      enter(page, PASSWORD);
      awaitHeading(page, "Now");
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

  private static void isAlert(Page page, String sentence) {
    page.getByRole(AriaRole.ALERT)
        .filter(new Locator.FilterOptions().setHasText(sentence))
        .waitFor();
  }
}
