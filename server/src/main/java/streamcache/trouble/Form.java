package streamcache.trouble;

import java.util.Locale;
import streamcache.playback.Headers;

/** The form in which a client reads an error, chosen by its Accept field. */
enum Form {
  HTML("text/html; charset=utf-8"),
  JSON("application/problem+json"),
  TEXT("text/plain; charset=utf-8");

  private final String contentType;

  Form(String contentType) {
    this.contentType = contentType;
  }

  String contentType() {
    return contentType;
  }

  static Form of(Headers request) {
    String accept = request.joined("Accept").orElse("").toLowerCase(Locale.ROOT);
    if (accept.contains("text/html")) {
      return HTML;
    }
    return accept.contains("application/json") || accept.contains("application/problem+json")
        ? JSON
        : TEXT;
  }
}
