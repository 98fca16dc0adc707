package streamcache.origin;

/**
 * The destination of one hop, for the address policy; immutable.
 *
 * @param host name or address literal to connect to: lower case, without brackets and without a
 *     trailing dot
 * @param port the port to connect to
 * @param isRedirected whether a provider, and not the link, named the destination
 * @param isTrusted whether the client may reach private networks
 */
public record Destination(String host, int port, boolean isRedirected, boolean isTrusted) {}
