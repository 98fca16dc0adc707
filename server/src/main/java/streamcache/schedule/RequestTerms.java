package streamcache.schedule;

import streamcache.link.Link;

/**
 * The terms of a request to a provider.
 *
 * @param agent the User-Agent to send; blank for this server's own
 * @param isTrusted whether the request may reach private networks
 * @param continues whether the stored file is to be continued
 * @param validators what the validators of the response are taken to show
 * @param comparesFirst whether the place of a part is shown by stored bytes alone: some are
 *     requested with it, or before it
 * @param sendsRange whether the request carries a Range; if not, the response is the whole file
 * @param sendsIfRange whether the validator of the file that is continued is sent as If-Range
 * @param closes whether the connection must not be kept alive for another request
 */
public record RequestTerms(
    Link link,
    String agent,
    boolean isTrusted,
    boolean continues,
    ValidatorUse validators,
    boolean comparesFirst,
    boolean sendsRange,
    boolean sendsIfRange,
    boolean closes) {}
