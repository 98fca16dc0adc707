package streamcache.origin;

import static streamcache.link.AddressClass.LOOPBACK;
import static streamcache.link.AddressClass.PRIVATE;
import static streamcache.link.AddressClass.PUBLIC;
import static streamcache.link.AddressClass.UNSPECIFIED;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import streamcache.link.AddressClass;
import streamcache.settings.EgressSettings;
import streamcache.settings.RedirectPolicy;

/**
 * The product's address policy: it permits public addresses, private addresses for trusted clients,
 * and nothing else, unless the egress settings change that. Its messages go to the log and to the
 * doctor, never to a player. Immutable; any thread.
 */
public final class EgressPolicy implements AddressPolicy {

  private final List<EgressRule> allow;
  private final List<EgressRule> deny;
  private final List<EgressRule> listed;
  private final RedirectPolicy redirects;
  private final IntPredicate isOwnPort;

  /**
   * @param ownPort the port that this server listens on, read each time; 0 while there is none
   */
  public EgressPolicy(EgressSettings settings, IntSupplier ownPort) {
    this(settings, port -> port == ownPort.getAsInt());
  }

  /**
   * @param isOwnPort whether this server listens on a port
   */
  public EgressPolicy(EgressSettings settings, IntPredicate isOwnPort) {
    this.allow = EgressRule.of(settings.allow());
    this.deny = EgressRule.of(settings.deny());
    this.listed = EgressRule.of(settings.allowedHosts());
    this.redirects = settings.redirects();
    this.isOwnPort = isOwnPort;
  }

  @Override
  public void admit(Destination to) throws OriginException {
    boolean mayLeaveTheList = to.isRedirected() && redirects == RedirectPolicy.ANY;
    if (!listed.isEmpty()
        && !mayLeaveTheList
        && listed.stream().noneMatch(rule -> rule.mayName(to))) {
      throw forbidden(shown(to) + notListed(to));
    }
  }

  @Override
  public List<InetAddress> permitted(Destination to, List<InetAddress> addresses)
      throws OriginException {
    List<InetAddress> permitted = new ArrayList<>(addresses.size());
    Optional<String> first = Optional.empty();
    for (InetAddress address : addresses) {
      Optional<String> objection = objection(to, address);
      if (objection.isEmpty()) {
        permitted.add(address);
      }
      first = first.or(() -> objection.map(words -> shown(to, address) + words));
    }
    if (permitted.isEmpty()) {
      throw forbidden(first.orElseGet(() -> shown(to) + " has no address"));
    }
    return permitted;
  }

  /** The objection to one address, worded to follow its name; empty if there is none. */
  private Optional<String> objection(Destination to, InetAddress address) {
    if (isOurOwn(address, to.port())) {
      return Optional.of(" is this server itself, which no setting allows");
    }
    List<EgressRule> allowing = allow.stream().filter(rule -> rule.names(to, address)).toList();
    boolean isDenied =
        deny.stream()
            .filter(rule -> rule.touches(to, address))
            .anyMatch(rule -> allowing.stream().noneMatch(other -> other.beats(rule)));
    if (isDenied) {
      return Optional.of(" is refused by EGRESS_DENY");
    }
    if (BlockedPorts.contains(to.port()) && allowing.stream().noneMatch(EgressRule::namesPort)) {
      return Optional.of(" has a port that belongs to another protocol" + advice(to, address));
    }
    AddressClass kind = AddressClass.of(address);
    if (!isFetchable(kind, to.isTrusted(), allowing)) {
      String who = kind == PRIVATE ? " and the client is not trusted" : "";
      return Optional.of(" is a " + kind.words() + " address" + who + advice(to, address));
    }
    return isListed(to, address, kind == PUBLIC || !allowing.isEmpty())
        ? Optional.empty()
        : Optional.of(notListed(to));
  }

  /**
   * An EGRESS_ALLOW entry permits an address whose class is refused by default. A cloud metadata
   * address needs an entry for exactly that address, since a block or a name may include it by
   * accident.
   */
  private static boolean isFetchable(
      AddressClass kind, boolean isTrusted, List<EgressRule> allowing) {
    return switch (kind) {
      case PUBLIC -> true;
      case PRIVATE -> isTrusted || !allowing.isEmpty();
      case METADATA -> allowing.stream().anyMatch(EgressRule::isSingleAddress);
      case LOOPBACK, LINK_LOCAL, MULTICAST, RESERVED, UNSPECIFIED -> !allowing.isEmpty();
    };
  }

  private boolean isListed(Destination to, InetAddress address, boolean isOpenToRedirects) {
    return listed.isEmpty()
        || (to.isRedirected() && redirects == RedirectPolicy.ANY && isOpenToRedirects)
        || listed.stream().anyMatch(rule -> rule.names(to, address));
  }

  /**
   * Detects a loop back to this server, which would fetch without end. Queries the network
   * interfaces only if the port is our own.
   */
  private boolean isOurOwn(InetAddress address, int port) {
    return isOwnPort.test(port)
        && Stream.concat(Stream.of(address), AddressClass.wrappedIn(address).stream())
            .anyMatch(EgressPolicy::isLocal);
  }

  private static boolean isLocal(InetAddress address) {
    AddressClass kind = AddressClass.of(address);
    if (kind == LOOPBACK || kind == UNSPECIFIED) {
      return true;
    }
    try {
      return NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException _) {
      return true;
    }
  }

  private static String notListed(Destination to) {
    return to.isRedirected()
        ? " is not in ALLOWED_HOSTS, and ALLOWED_REDIRECTS does not permit it"
        : " is not in ALLOWED_HOSTS";
  }

  private static String advice(Destination to, InetAddress address) {
    return "; EGRESS_ALLOW=" + written(address) + ":" + to.port() + " would allow it";
  }

  private static String shown(Destination to, InetAddress address) {
    String written = written(address) + ":" + to.port();
    boolean isLiteral = to.host().equals(address.getHostAddress()) || to.host().indexOf(':') >= 0;
    return (to.isRedirected() ? "redirect to " : "")
        + (isLiteral ? written : to.host() + " at " + written);
  }

  private static String shown(Destination to) {
    return (to.isRedirected() ? "redirect to " : "") + to.host() + ":" + to.port();
  }

  private static String written(InetAddress address) {
    String text = address.getHostAddress().replaceFirst("%.*", "");
    return address instanceof Inet6Address ? "[" + text + "]" : text;
  }

  private static OriginException forbidden(String detail) {
    return new OriginException(new Failure.Forbidden(OptionalInt.empty(), detail));
  }
}
