package streamcache.settings;

import java.net.IDN;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A destination that a setting names: a block of addresses or a host, optionally with one port. A
 * pure value; the address policy gives it its meaning.
 *
 * @param port the only port it applies to; empty for all ports
 */
public record EgressEntry(Place place, OptionalInt port) {

  /** What an entry matches. */
  public sealed interface Place {}

  /**
   * A CIDR block.
   *
   * @param network an address in it; bits after the prefix are ignored
   * @param bits the length of the prefix
   */
  public record Block(InetAddress network, int bits) implements Place {}

  /**
   * Host names.
   *
   * @param glob lower-case ASCII without a final dot; an asterisk matches any characters, dots too
   */
  public record Host(String glob) implements Place {}

  private static final String BITS = "(?:/([0-9]{1,3}))?";
  private static final String PORT = "(?::([0-9]{1,5}))?";
  private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IPV4 =
      Pattern.compile("((?:" + OCTET + "\\.){3}" + OCTET + ")" + BITS + PORT);
  private static final Pattern IPV6_WITH_PORT =
      Pattern.compile("\\[([0-9A-Fa-f:.]+)" + BITS + "]" + PORT);
  private static final Pattern IPV6 = Pattern.compile("([0-9A-Fa-f.]*:[0-9A-Fa-f:.]+)" + BITS);
  private static final Pattern HOST = Pattern.compile("([^:/]{1,253})" + PORT);
  private static final Pattern NAME =
      Pattern.compile("\\*|[a-z0-9_*-]{1,63}(\\.[a-z0-9_*-]{1,63})*");

  /** Names that resolvers treat as addresses, and text that looks like a block but is none. */
  private static final Pattern LIKE_AN_ADDRESS =
      Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)|[0-9._*-]*[0-9.][0-9._*-]*");

  /** All entries of a list separated by commas or blanks; empty if one of them is invalid. */
  static Optional<List<EgressEntry>> parseAll(String text) {
    List<EgressEntry> entries = new ArrayList<>();
    for (String written : text.split("[,\\s]+", -1)) {
      if (written.isEmpty()) {
        continue;
      }
      Optional<EgressEntry> entry = parse(written);
      if (entry.isEmpty()) {
        return Optional.empty();
      }
      entries.add(entry.get());
    }
    return Optional.of(List.copyOf(entries));
  }

  /** Parses one entry; empty if it is invalid. */
  static Optional<EgressEntry> parse(String written) {
    for (Pattern addresses : new Pattern[] {IPV4, IPV6_WITH_PORT, IPV6}) {
      Matcher matcher = addresses.matcher(written);
      if (matcher.matches()) {
        String port = matcher.groupCount() > 2 ? matcher.group(3) : null;
        return with(block(matcher.group(1), matcher.group(2)), port);
      }
    }
    Matcher host = HOST.matcher(written);
    return host.matches() ? with(host(host.group(1)), host.group(2)) : Optional.empty();
  }

  private static Optional<EgressEntry> with(
      Optional<? extends Place> place, @Nullable String port) {
    if (port == null) {
      return place.map(found -> new EgressEntry(found, OptionalInt.empty()));
    }
    int number = Integer.parseInt(port);
    return place
        .filter(_ -> number >= 1 && number <= 65_535)
        .map(found -> new EgressEntry(found, OptionalInt.of(number)));
  }

  private static Optional<Block> block(String address, @Nullable String bits) {
    try {
      InetAddress network = InetAddress.ofLiteral(address);
      int longest = network.getAddress().length * Byte.SIZE;
      int length = bits == null ? longest : Integer.parseInt(bits);
      return length <= longest ? Optional.of(new Block(network, length)) : Optional.empty();
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  private static Optional<Host> host(String written) {
    String name = written.endsWith(".") ? written.substring(0, written.length() - 1) : written;
    try {
      boolean isAscii = name.chars().allMatch(letter -> letter < 0x80);
      name = (isAscii ? name : IDN.toASCII(name)).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException notAName) {
      return Optional.empty();
    }
    return NAME.matcher(name).matches() && !LIKE_AN_ADDRESS.matcher(name).matches()
        ? Optional.of(new Host(name))
        : Optional.empty();
  }
}
