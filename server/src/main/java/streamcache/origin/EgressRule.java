package streamcache.origin;

import java.net.InetAddress;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamcache.link.AddressBlock;
import streamcache.link.AddressClass;
import streamcache.settings.EgressEntry;

/** One entry of the egress settings, ready to be asked. Immutable, any thread. */
final class EgressRule {

  /** How much of the world an entry names. */
  private enum Width {
    EVERYTHING,
    SEVERAL,
    ONE
  }

  private final EgressEntry entry;
  private final Pattern name;

  private EgressRule(EgressEntry entry) {
    this.entry = entry;
    this.name =
        switch (entry.place()) {
          case EgressEntry.Host(String glob) -> pattern(glob);
          case EgressEntry.Block _ -> Pattern.compile("(?!)");
        };
  }

  static List<EgressRule> of(List<EgressEntry> entries) {
    return entries.stream().map(EgressRule::new).toList();
  }

  /** Whether it names the destination when its host stands for this address. */
  boolean names(Destination to, InetAddress address) {
    return isAboutPort(to)
        && switch (entry.place()) {
          case EgressEntry.Host _ -> name.matcher(to.host()).matches();
          case EgressEntry.Block(InetAddress network, int bits) ->
              new AddressBlock(network, bits).contains(address);
        };
  }

  /** As {@link #names}, or whether it names an IPv4 address that is wrapped in this one. */
  boolean touches(Destination to, InetAddress address) {
    return names(to, address)
        || AddressClass.wrappedIn(address).stream().anyMatch(inner -> names(to, inner));
  }

  /** Whether it could name the destination, as far as can be told before the look-up. */
  boolean mayName(Destination to) {
    return isAboutPort(to)
        && switch (entry.place()) {
          case EgressEntry.Host _ -> name.matcher(to.host()).matches();
          case EgressEntry.Block _ -> true;
        };
  }

  boolean namesPort() {
    return entry.port().isPresent();
  }

  boolean isSingleAddress() {
    return entry.place() instanceof EgressEntry.Block && width() == Width.ONE;
  }

  /**
   * Whether it is more specific: one host or address before several, a longer prefix or more
   * letters before fewer, and only then a port before none. A glob and a block of several are not
   * compared.
   */
  boolean beats(EgressRule other) {
    if (width() != other.width()) {
      return width().compareTo(other.width()) > 0;
    }
    if (width() == Width.SEVERAL && isBlock() != other.isBlock()) {
      return false;
    }
    if (width() == Width.SEVERAL && detail() != other.detail()) {
      return detail() > other.detail();
    }
    return namesPort() && !other.namesPort();
  }

  private boolean isAboutPort(Destination to) {
    return entry.port().isEmpty() || entry.port().getAsInt() == to.port();
  }

  private boolean isBlock() {
    return entry.place() instanceof EgressEntry.Block;
  }

  private Width width() {
    return switch (entry.place()) {
      case EgressEntry.Host(String glob) when glob.equals("*") -> Width.EVERYTHING;
      case EgressEntry.Host(String glob) -> glob.contains("*") ? Width.SEVERAL : Width.ONE;
      case EgressEntry.Block(InetAddress _, int bits) when bits == 0 -> Width.EVERYTHING;
      case EgressEntry.Block(InetAddress network, int bits) ->
          new AddressBlock(network, bits).isSingle() ? Width.ONE : Width.SEVERAL;
    };
  }

  /** Bits of a block, letters of a glob. */
  private int detail() {
    return switch (entry.place()) {
      case EgressEntry.Host(String glob) -> glob.replace("*", "").length();
      case EgressEntry.Block(InetAddress _, int bits) -> bits;
    };
  }

  /** An asterisk alone is everything; in a name it never reaches into an IPv6 literal. */
  private static Pattern pattern(String glob) {
    if (glob.equals("*")) {
      return Pattern.compile(".*");
    }
    return Pattern.compile(
        Stream.of(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("[^:]*")));
  }
}
