package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import streamcache.testkit.player.Tool;

/**
 * Debian's Chromium, without a window, for the operator's page: one for the tests of a class. They
 * are skipped, aloud, where there is none.
 */
final class OperatorBrowser implements BeforeAllCallback, AfterAllCallback {

  private Playwright playwright;
  private Browser browser;

  @Override
  public void beforeAll(ExtensionContext context) {
    assumeTrue(Tool.CHROMIUM.isPresent(), Tool.CHROMIUM::missing);
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(Path.of("/usr/bin/chromium"))
                    .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (playwright != null) {
      playwright.close();
    }
  }

  /** An empty page of a browser that knows nothing of the server. */
  Page page(int width, int height, ColorScheme scheme) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(scheme)
                .setReducedMotion(ReducedMotion.REDUCE));
    Page page = context.newPage();
    page.setDefaultTimeout(Duration.ofSeconds(30).toMillis());
    return page;
  }

  /** Opens the page of a server and logs in with its token. */
  static void logIn(Page page, Product product, String token) {
    visit(page, product);
    page.getByLabel("Token").fill(token);
    click(page, "Log in");
    awaitHeading(page, "Now");
  }

  static void visit(Page page, Product product) {
    page.navigate("http://127.0.0.1:" + product.address().getPort() + "/admin");
  }

  /** Follows the link to a view. */
  static void view(Page page, String name) {
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name)).click();
  }

  static void click(Page page, String button) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button)).click();
  }

  static void awaitHeading(Page page, String words) {
    page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(words).setExact(true))
        .waitFor();
  }

  /** Takes a screenshot, and looks for what hinders people. */
  static void expectUsable(Page page, String name) throws IOException {
    Path shots = Files.createDirectories(Path.of("target", "screenshots"));
    page.screenshot(
        new Page.ScreenshotOptions().setPath(shots.resolve(name + ".png")).setFullPage(true));
    assertThat((Boolean) page.evaluate("document.body.scrollWidth <= window.innerWidth"))
        .as("%s is not wider than the screen", name)
        .isTrue();
    assertThat(new AxeBuilder(page).analyze().getViolations())
        .as(name)
        .noneMatch(found -> Set.of("serious", "critical").contains(found.getImpact()))
        .allSatisfy(found -> assertThat(found.getImpact()).isNotNull());
  }
}
