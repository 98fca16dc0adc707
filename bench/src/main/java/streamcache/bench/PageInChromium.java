package streamcache.bench;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The operator's page in Debian's Chromium: how long it keeps the operator waiting. */
final class PageInChromium implements AutoCloseable {

  /** The first page offers to set a password, and folds the token away. */
  private static final String LOG_IN =
      """
      (secret) => fetch('session', {
        method: 'POST',
        headers: { 'X-Requested-With': 'streamcache', 'Content-Type': 'application/json' },
        body: JSON.stringify({ secret }),
      })
      """;

  private final Playwright playwright;
  private final Page page;
  private int searched;

  private PageInChromium(Playwright playwright, Page page) {
    this.playwright = playwright;
    this.page = page;
  }

  /** Opens the page of a server and logs in. */
  static PageInChromium open(String address, String token) {
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Page page =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(Path.of("/usr/bin/chromium"))
                    .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")))
            .newPage();
    page.navigate(address + "/admin");
    page.evaluate(LOG_IN, token);
    page.reload();
    PageInChromium opened = new PageInChromium(playwright, page);
    opened.view("Now");
    return opened;
  }

  private void view(String name) {
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true)).click();
    page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setExact(true))
        .waitFor();
  }

  /** Notes from now on for how long the page does not react. */
  void watch() {
    page.evaluate(
        """
        () => {
          window.longTasks = [];
          new PerformanceObserver((list) => {
            for (const task of list.getEntries()) window.longTasks.push(task.duration);
          }).observe({ entryTypes: ['longtask'] });
        }
        """);
  }

  /** The longest time, in milliseconds, for which it did not; 0 if none had 50 ms. */
  double longestTask() {
    return ((Number) page.evaluate("() => Math.max(0, ...window.longTasks)")).doubleValue();
  }

  /** Milliseconds from a click on the link to a list of titles. */
  double openList() {
    view("Now");
    long begun = System.nanoTime();
    view("Cache");
    rows().first().waitFor();
    return (System.nanoTime() - begun) / 1e6;
  }

  /** Milliseconds from words in the field to the titles that have them. */
  double search() {
    String words = Integer.toString(1000 + ++searched);
    long begun = System.nanoTime();
    page.getByLabel("Search").fill(words);
    page.getByLabel("Search").press("Enter");
    rows().first().waitFor();
    page.waitForCondition(() -> rows().first().textContent().contains(words));
    return (System.nanoTime() - begun) / 1e6;
  }

  private Locator rows() {
    return page.locator("tbody tr");
  }

  @Override
  public void close() {
    playwright.close();
  }
}
