package streamcache.playback;

import java.net.InetAddress;
import java.util.function.BooleanSupplier;
import streamcache.link.Link;

/**
 * What a request asks for, and what its client may do.
 *
 * @param client the client's address; one address for all devices of an IPv6 line
 * @param isTrusted whether the request may reach private networks
 * @param mayBegin asked once when nothing is known of the title, so that it would have to be
 *     fetched; any thread, must not block
 * @param plays called before bytes of the title are sent; any thread, must not block
 */
public record Asked(
    Link link, InetAddress client, boolean isTrusted, BooleanSupplier mayBegin, Runnable plays) {}
