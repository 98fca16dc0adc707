package streamcache.origin;

/**
 * How to reach providers.
 *
 * @param policy which addresses may be connected to
 * @param resolver resolves host names
 */
record Network(AddressPolicy policy, Resolver resolver, Timeouts timeouts) {}
