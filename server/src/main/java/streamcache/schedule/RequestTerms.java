package streamcache.schedule;

import streamcache.link.Link;

/**
 * The terms of a request to a provider.
 *
 * @param agent the User-Agent to send; blank for this server's own
 * @param isTrusted whether the request may reach private networks
 * @param continues whether the stored file is to be continued, so that its validator is sent
 * @param closes whether the connection must not be kept alive for another request
 */
public record RequestTerms(
    Link link, String agent, boolean isTrusted, boolean continues, boolean closes) {}
