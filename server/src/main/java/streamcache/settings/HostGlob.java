package streamcache.settings;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The hosts that a provider block applies to: one, several, or all, optionally on one port. Pure.
 *
 * @param glob lower-case ASCII without a final dot, or an address in canonical form without
 *     brackets; an asterisk matches any characters, dots too
 * @param port the only port it applies to; empty for all ports
 */
public record HostGlob(String glob, OptionalInt port) {

  /**
   * Less specific first: several hosts before one, fewer letters before more, any port before one.
   */
  static final Comparator<HostGlob> BY_DETAIL =
      Comparator.comparing(HostGlob::isSingle)
          .thenComparingInt(HostGlob::letters)
          .thenComparing(hosts -> hosts.port().isPresent());

  /** Empty for text that matches no host: a block of addresses, a URL, two consecutive dots. */
  static Optional<HostGlob> parse(String written) {
    return EgressEntry.parse(written).flatMap(HostGlob::of);
  }

  private static Optional<HostGlob> of(EgressEntry entry) {
    return switch (entry.place()) {
      case EgressEntry.Host(String glob) -> Optional.of(new HostGlob(glob, entry.port()));
      case EgressEntry.Block(InetAddress network, int bits) ->
          bits == network.getAddress().length * Byte.SIZE
              ? Optional.of(new HostGlob(network.getHostAddress(), entry.port()))
              : Optional.empty();
    };
  }

  /** Whether some host matches both, and neither is more specific. */
  boolean rivals(HostGlob other) {
    boolean samePort = port.isEmpty() || other.port.isEmpty() || port.equals(other.port);
    return samePort && BY_DETAIL.compare(this, other) == 0 && overlap(glob, other.glob);
  }

  private static boolean overlap(String one, String other) {
    if (one.isEmpty() || other.isEmpty()) {
      return (one + other).replace("*", "").isEmpty();
    }
    if (one.charAt(0) == '*') {
      return overlap(one.substring(1), other) || overlap(one, other.substring(1));
    }
    if (other.charAt(0) == '*') {
      return overlap(other, one);
    }
    return one.charAt(0) == other.charAt(0) && overlap(one.substring(1), other.substring(1));
  }

  /**
   * Whether it matches this host.
   *
   * @param host in lower case; an IPv6 address with or without its brackets
   */
  public boolean names(String host, int hostPort) {
    boolean isPort = port.isEmpty() || port.getAsInt() == hostPort;
    return isPort && pattern().matcher(usual(host)).matches();
  }

  /** A lone asterisk matches everything; within a name it never matches part of an IPv6 address. */
  private Pattern pattern() {
    String any = glob.equals("*") ? ".*" : "[^:]*";
    return Pattern.compile(
        Stream.of(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(any)));
  }

  private static String usual(String host) {
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return bare.indexOf(':') < 0 ? bare : InetAddress.ofLiteral(bare).getHostAddress();
  }

  private boolean isSingle() {
    return !glob.contains("*");
  }

  private int letters() {
    return glob.replace("*", "").length();
  }

  @Override
  public String toString() {
    String host = glob.indexOf(':') < 0 || port.isEmpty() ? glob : "[" + glob + "]";
    return host + (port.isPresent() ? ":" + port.getAsInt() : "");
  }
}
