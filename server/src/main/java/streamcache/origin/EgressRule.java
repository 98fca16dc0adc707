package streamcache.origin;

import java.net.InetAddress;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamcache.link.AddressBlock;
import streamcache.link.AddressClass;
import streamcache.settings.EgressEntry;

/** One entry of the egress settings, compiled for matching. Immutable; any thread. */
final class EgressRule {

  /** How many destinations an entry names. */
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

  /** Whether the rule matches the destination if its host resolves to this address. */
  boolean names(Destination to, InetAddress address) {
    return isAboutPort(to)
        && switch (entry.place()) {
          case EgressEntry.Host _ -> name.matcher(to.host()).matches();
          case EgressEntry.Block(InetAddress network, int bits) ->
              new AddressBlock(network, bits).contains(address);
        };
  }

  /** As {@link #names}, but the rule may also match an IPv4 address embedded in this one. */
  boolean touches(Destination to, InetAddress address) {
    return names(to, address)
        || AddressClass.wrappedIn(address).stream().anyMatch(inner -> names(to, inner));
  }

  /** Whether the rule could match the destination, as far as is known before the lookup. */
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
   * Whether this rule is more specific: one host or address beats several, a longer prefix or a
   * glob with more letters beats a shorter one, and only then a port beats no port. A glob and a
   * block of several addresses are not compared: neither beats the other.
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

  /** The prefix bits of a block, or the number of letters in a glob. */
  private int detail() {
    return switch (entry.place()) {
      case EgressEntry.Host(String glob) -> glob.replace("*", "").length();
      case EgressEntry.Block(InetAddress _, int bits) -> bits;
    };
  }

  /** A lone asterisk matches everything; one within a name never matches an IPv6 literal. */
  private static Pattern pattern(String glob) {
    if (glob.equals("*")) {
      return Pattern.compile(".*");
    }
    return Pattern.compile(
        Stream.of(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("[^:]*")));
  }
}
