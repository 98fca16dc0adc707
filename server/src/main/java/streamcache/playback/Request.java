package streamcache.playback;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A player's request, already checked to be well-formed.
 *
 * @param id identifies the request in logs, headers and pages
 * @param method upper-case method token
 * @param target path and query as written, without scheme, authority and the path of BASE_URL;
 *     begins with a slash
 * @param headers as received
 * @param http11 whether the player speaks HTTP/1.1 (otherwise 1.0)
 * @param peer the address that connected
 * @param body read as UTF-8; empty unless the handler {@link Handler#takesBody takes} one
 * @param relayed the player, if another node of the cluster has passed its request on
 */
public record Request(
    String id,
    String method,
    String target,
    Headers headers,
    boolean http11,
    InetAddress peer,
    String body,
    Optional<RelayedClient> relayed) {

  private static final Pattern ID_OF_CLIENT = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /** A request that came from its client. */
  public Request(
      String id,
      String method,
      String target,
      Headers headers,
      boolean http11,
      InetAddress peer,
      String body) {
    this(id, method, target, headers, http11, peer, body, /* relayed= */ Optional.empty());
  }

  /** The same request as that of a player of another node. */
  public Request relayedFor(RelayedClient client) {
    return new Request(
        id, method, target, headers, http11, client.address(), body, Optional.of(client));
  }

  /** A request without a body. */
  public Request(
      String id, String method, String target, Headers headers, boolean http11, InetAddress peer) {
    this(id, method, target, headers, http11, peer, /* body= */ "");
  }

  /**
   * The id that the client has given its request ({@code X-Request-Id}), if it is short and plain.
   * Anybody may send any, so it stands beside {@link #id} in the log and never in its place.
   */
  public Optional<String> idOfClient() {
    return headers.first("X-Request-Id").filter(id -> ID_OF_CLIENT.matcher(id).matches());
  }

  /** Whether the player requires validation by the provider (RFC 9111 section 5.2.1.4). */
  boolean isReload() {
    Optional<String> control = headers.first("Cache-Control");
    return (control.isPresent() ? control : headers.first("Pragma"))
        .filter(Request::forbidsStored)
        .isPresent();
  }

  private static boolean forbidsStored(String directives) {
    return directives.toLowerCase(Locale.ROOT).contains("no-cache");
  }

  /** Without the target, which holds the link. */
  @Override
  public String toString() {
    return "Request[" + id + " " + method + "]";
  }
}
