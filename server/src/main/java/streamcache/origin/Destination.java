package streamcache.origin;

/**
 * Where one hop would go, by value, for the address policy.
 *
 * @param host name or address literal that will be connected to: lower case, without brackets and
 *     without a final dot
 * @param port the port that would be connected to
 * @param isRedirected whether a provider named it, and not the link
 * @param isTrusted whether whoever asks may be led into private networks
 */
public record Destination(String host, int port, boolean isRedirected, boolean isTrusted) {}
