package streamcache.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import streamcache.playback.Headers;

/**
 * What a request says about the proxies it came through. Pure.
 *
 * @param isPresent whether there is any field that only proxies write
 * @param chains one chain for each kind of field that names addresses, the player first; an entry
 *     that is not an address is empty
 */
record Forwarding(boolean isPresent, List<List<Optional<InetAddress>>> chains) {

  private static final Forwarding NONE = new Forwarding(false, List.of());

  private static final Set<String> NAME_ADDRESSES =
      Set.of("forwarded", "x-forwarded-for", "x-real-ip", "true-client-ip", "cf-connecting-ip");

  private static final Pattern FOR =
      Pattern.compile("(?:^|;)\\s*for\\s*=\\s*(\"[^\"]*\"|[^;\\s]*)", Pattern.CASE_INSENSITIVE);
  private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IPV4 =
      Pattern.compile("((?:" + OCTET + "\\.){3}" + OCTET + ")(?::[0-9]{1,5})?");
  private static final Pattern IPV6 =
      Pattern.compile("\\[([0-9A-Fa-f:.]+)](?::[0-9]{1,5})?|([0-9A-Fa-f.]*:[0-9A-Fa-f:.]*)");

  static Forwarding in(Headers headers) {
    boolean isPresent = false;
    for (Headers.Field field : headers.fields()) {
      isPresent |= isForwarding(field.name());
    }
    return isPresent ? new Forwarding(true, chains(headers)) : NONE;
  }

  private static List<List<Optional<InetAddress>>> chains(Headers headers) {
    Map<String, List<Optional<InetAddress>>> chains = new LinkedHashMap<>();
    for (Headers.Field field : headers.fields()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (NAME_ADDRESSES.contains(name)) {
        List<Optional<InetAddress>> chain = chains.computeIfAbsent(name, _ -> new ArrayList<>());
        for (String entry : field.value().split(",", -1)) {
          chain.add(address(name.equals("forwarded") ? forOf(entry) : entry.strip()));
        }
      }
    }
    return List.copyOf(chains.values());
  }

  private static boolean isForwarding(String name) {
    return switch (name.length()) {
      case 3 -> name.equalsIgnoreCase("Via");
      case 9 -> name.equalsIgnoreCase("Forwarded") || name.equalsIgnoreCase("X-Real-IP");
      case 14 -> name.equalsIgnoreCase("True-Client-IP");
      default ->
          name.regionMatches(/* ignoreCase= */ true, 0, "X-Forwarded-", 0, 12)
              || name.regionMatches(/* ignoreCase= */ true, 0, "CF-", 0, 3);
    };
  }

  private static String forOf(String element) {
    Matcher matcher = FOR.matcher(element);
    return matcher.find() ? matcher.group(1).replace("\"", "") : "";
  }

  private static Optional<InetAddress> address(String written) {
    Matcher ipv4 = IPV4.matcher(written);
    if (ipv4.matches()) {
      return Optional.of(InetAddress.ofLiteral(ipv4.group(1)));
    }
    Matcher ipv6 = IPV6.matcher(written);
    if (!ipv6.matches()) {
      return Optional.empty();
    }
    try {
      String text = ipv6.group(1) == null ? ipv6.group(2) : ipv6.group(1);
      return Optional.of(Inet6Address.ofLiteral(text));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }
}
