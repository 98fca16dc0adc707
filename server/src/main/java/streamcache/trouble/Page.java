package streamcache.trouble;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The error page for a browser: what the clip says, and what the owner of this server can do.
 * Readable on a phone, light and dark, loads nothing from anywhere. Pure.
 */
final class Page {

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-MM-dd HH:mm:ss ")
          .appendOffset("+HH:MM", "UTC")
          .toFormatter(Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  private Page() {}

  static String render(Problem problem, String requestId) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <link rel="icon" href="data:,">
    <title>%1$s</title>
    <style>
    :root { color-scheme: light dark; }
    body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 12vh auto; padding: 0 1.2rem; overflow-wrap: anywhere; }
    h1 { font-size: 1.5rem; line-height: 1.25; }
    dl { display: grid; grid-template-columns: auto 1fr; gap: .1rem 1rem; margin: 1.5rem 0; }
    dt { opacity: .7; }
    dd { margin: 0; }
    aside { border-top: 1px solid; margin-top: 2rem; opacity: .8; font-size: .95rem; }
    </style>
    </head>
    <body>
    <h1>%1$s</h1>
    <p>%2$s</p>
    %3$s<dl>
    %4$s</dl>
    %5$s</body>
    </html>
    """
        .formatted(
            escape(problem.cause().headline()),
            escape(problem.cause().meaning()),
            notes(problem),
            facts(problem, requestId),
            advice(problem));
  }

  private static String notes(Problem problem) {
    return problem.about().stream()
        .flatMap(about -> about.notes().stream())
        .map(note -> "<p><strong>" + escape(note) + "</strong></p>\n")
        .collect(Collectors.joining());
  }

  private static String facts(Problem problem, String requestId) {
    return problem.about().map(Page::facts).orElse("") + fact("Request", requestId);
  }

  private static String facts(Problem.About about) {
    String status =
        about.upstreamStatus().isPresent()
            ? fact("Its response", "status " + about.upstreamStatus().getAsInt())
            : "";
    return (about.name().isEmpty() ? "" : fact("Title", about.name()))
        + fact("Provider", about.host())
        + status
        + fact("Time", TIME.format(about.time()));
  }

  /** A name may be written from right to left, which must not reverse the text around it. */
  private static String fact(String what, String text) {
    return "<dt>" + what + "</dt><dd><bdi>" + escape(text) + "</bdi></dd>\n";
  }

  private static String advice(Problem problem) {
    return problem.advice().isEmpty()
        ? ""
        : "<aside><p>For the owner of this server: " + escape(problem.advice()) + "</p></aside>\n";
  }

  /** A title's name comes from outside: it must not become markup. */
  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
