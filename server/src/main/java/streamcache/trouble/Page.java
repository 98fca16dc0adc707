package streamcache.trouble;

/** The error page for a browser: readable on a phone, light and dark, nothing loaded elsewhere. */
final class Page {

  private Page() {}

  static String render(Cause cause, String title, String requestId) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%1$s</title>
    <style>
    :root { color-scheme: light dark; }
    body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 12vh auto; padding: 0 1.2rem; }
    h1 { font-size: 1.5rem; line-height: 1.25; }
    small { opacity: .7; }
    </style>
    </head>
    <body>
    <h1>%1$s</h1>
    <p>%2$s</p>
    <p><small>%3$srequest %4$s</small></p>
    </body>
    </html>
    """
        .formatted(
            escape(cause.headline()),
            escape(cause.meaning()),
            title.isEmpty() ? "" : escape(title) + " · ",
            escape(requestId));
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
