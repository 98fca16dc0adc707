package streamcache.admin;

import java.time.Duration;
import java.util.Optional;
import streamcache.playback.Headers;

/** A request that is not carried out; becomes a problem by RFC 9457. */
final class ApiException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String label;
  private final String title;
  private final transient Optional<Headers> headers;

  /**
   * @param label of the problem's type; stable
   * @param title the same words for every problem of the type
   * @param sentence what is wrong with this request, and what to do; never repeats what was sent
   */
  private ApiException(
      int status, String label, String title, String sentence, Optional<Headers> headers) {
    super(sentence);
    this.status = status;
    this.label = label;
    this.title = title;
    this.headers = headers;
  }

  static ApiException badRequest(String sentence) {
    return new ApiException(400, "bad-request", "Bad request", sentence, Optional.empty());
  }

  static ApiException unauthorized(String sentence) {
    return new ApiException(
        401,
        "unauthorized",
        "A token is needed",
        sentence,
        Optional.of(new Headers().add("WWW-Authenticate", "Bearer realm=\"streamcache\"")));
  }

  static ApiException wrongRole() {
    return new ApiException(
        403,
        "role",
        "The key may not do this",
        "This key has the role read; the request needs the role operate.",
        Optional.empty());
  }

  static ApiException crossSite() {
    return new ApiException(
        403,
        "cross-site",
        "The request is not from the page",
        "With a session, only the page itself may change anything; programs send a token.",
        Optional.empty());
  }

  static ApiException notFound(String sentence) {
    return new ApiException(404, "not-found", "Not found", sentence, Optional.empty());
  }

  /**
   * @param allowed the methods of the path, as in Allow
   */
  static ApiException wrongMethod(String allowed) {
    return new ApiException(
        405,
        "method",
        "The method is not allowed",
        "This path takes " + allowed + ".",
        Optional.of(new Headers().add("Allow", allowed)));
  }

  static ApiException inUse(String sentence) {
    return new ApiException(409, "in-use", "The title is in use", sentence, Optional.empty());
  }

  static ApiException notPossible(String sentence) {
    return new ApiException(
        409, "not-possible", "This cannot be done with the title", sentence, Optional.empty());
  }

  static ApiException busy(String sentence) {
    return new ApiException(503, "busy", "The store is busy", sentence, Optional.empty());
  }

  static ApiException nodeSilent() {
    return new ApiException(
        502,
        "node",
        "The node does not answer",
        "The node of the cluster did not answer; GET /api/v1/cluster lists those that are there.",
        Optional.empty());
  }

  /** A log-in, or a password that is set, has to wait or cannot be carried out now. */
  static ApiException loginsBusy(String sentence) {
    return new ApiException(503, "busy", "The log-in is busy", sentence, Optional.empty());
  }

  static ApiException notFirstVisit(String sentence) {
    return new ApiException(
        403, "first-visit", "No password may be set", sentence, Optional.empty());
  }

  static ApiException passwordIsSet() {
    return new ApiException(
        409,
        "password-set",
        "There is a password",
        "A password has been set already. If it was not by you, set another with the token or with:"
            + " streamcache password",
        Optional.empty());
  }

  static ApiException surveyRuns() {
    return new ApiException(
        409,
        "survey",
        "The library is being looked through",
        "A walk through the library is running; ask GET /api/v1/library until it has ended.",
        Optional.empty());
  }

  static ApiException noPreview() {
    return new ApiException(
        409,
        "survey",
        "There is no such preview",
        "Begin with POST /api/v1/library/survey; when it has ended, send its id as preview within"
            + " an hour.",
        Optional.empty());
  }

  static ApiException fixed(String sentence) {
    return new ApiException(
        409, "fixed", "The setting cannot be changed now", sentence, Optional.empty());
  }

  static ApiException fileChanged() {
    return new ApiException(
        412,
        "changed",
        "The file has changed",
        "streamcache.conf has changed since it was read; read the settings again, then repeat the"
            + " change.",
        Optional.empty());
  }

  static ApiException preconditionRequired() {
    return new ApiException(
        428,
        "precondition",
        "The change names no state of the file",
        "Send If-Match with the etag of GET /api/v1/settings, or * to change whatever is there.",
        Optional.empty());
  }

  static ApiException unwritable() {
    return new ApiException(
        503,
        "file",
        "The file cannot be written",
        "streamcache.conf cannot be read or replaced; let this user write its folder, and if the"
            + " file alone is mounted, mount its folder instead.",
        Optional.empty());
  }

  static ApiException wrongType() {
    return new ApiException(
        415,
        "media-type",
        "The body is not JSON",
        "Send the body as Content-Type: application/json.",
        Optional.empty());
  }

  static ApiException tooManyAttempts(Duration rest) {
    String seconds = Long.toString(Math.max(1, rest.toSeconds()));
    return new ApiException(
        429,
        "attempts",
        "Too many wrong tokens",
        "This address has sent five wrong tokens or passwords; it may try again in "
            + seconds
            + " seconds.",
        Optional.of(new Headers().add("Retry-After", seconds)));
  }

  int status() {
    return status;
  }

  String label() {
    return label;
  }

  String title() {
    return title;
  }

  String sentence() {
    return String.valueOf(getMessage());
  }

  /** Fields to add to the response. */
  Headers headers() {
    return headers.orElseGet(Headers::new);
  }
}
