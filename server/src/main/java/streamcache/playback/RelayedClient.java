package streamcache.playback;

import java.net.InetAddress;

/**
 * The player whose request another node has passed on.
 *
 * @param address the player's address, or that of the proxy that hides it
 * @param isHidden whether only the proxy of the player is known
 */
public record RelayedClient(InetAddress address, boolean isHidden) {}
