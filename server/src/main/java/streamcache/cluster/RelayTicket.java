package streamcache.cluster;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import streamcache.playback.RelayedClient;
import streamcache.playback.Request;

/**
 * What a node adds to a request that it relays, signed with the key of the cluster: whose request
 * it is, and for which account. A request with one is never relayed again.
 *
 * @param client who asks, as the node that has the player's connection sees it
 * @param time of the sender's clock, in milliseconds
 * @param nonce differs for every request, so that none is accepted twice
 */
record RelayTicket(RelayedClient client, AccountKey account, long time, long nonce) {

  static final String FIELD = "Streamcache-Relay";

  /** How far the clocks of two nodes may differ. */
  static final Duration SKEW = Duration.ofSeconds(60);

  private static final String VERSION = "1";
  private static final int PARTS = 7;

  static RelayTicket of(RelayedClient client, AccountKey account, long millis) {
    return new RelayTicket(client, account, millis, ThreadLocalRandom.current().nextLong());
  }

  /**
   * The value of the field.
   *
   * @param range the Range of the request; empty text for none
   */
  String sealed(ClusterKey key, String method, String target, String range) {
    String own = text();
    return own + ";" + key.sign(subject(own, method, target, range));
  }

  private String text() {
    return String.join(
        ";",
        VERSION,
        client.address().getHostAddress(),
        client.isHidden() ? "hidden" : "seen",
        HexFormat.of().toHexDigits(account.digest()),
        Long.toString(time),
        HexFormat.of().toHexDigits(nonce));
  }

  private static String subject(String own, String method, String target, String range) {
    return String.join("\n", own, method, target, range);
  }

  /** Empty if the request has none that is signed with this key. */
  static Optional<RelayTicket> in(Request request, ClusterKey key) {
    String value = request.headers().first(FIELD).orElse("");
    List<String> parts = List.of(value.split(";", -1));
    if (parts.size() != PARTS || !parts.getFirst().equals(VERSION)) {
      return Optional.empty();
    }
    String own = value.substring(0, value.lastIndexOf(';'));
    String range = request.headers().first("Range").orElse("");
    String subject = subject(own, request.method(), request.target(), range);
    return key.isSigned(subject, parts.getLast()) ? Optional.of(read(parts)) : Optional.empty();
  }

  /** The signature shows that a node of this program wrote them. */
  private static RelayTicket read(List<String> parts) {
    return new RelayTicket(
        new RelayedClient(InetAddress.ofLiteral(parts.get(1)), parts.get(2).equals("hidden")),
        new AccountKey(HexFormat.fromHexDigitsToLong(parts.get(3))),
        Long.parseLong(parts.get(4)),
        HexFormat.fromHexDigitsToLong(parts.get(5)));
  }
}
