package streamcache.origin;

/**
 * How to get to providers.
 *
 * @param policy which addresses may be connected to
 * @param resolver where names are looked up
 */
record Network(AddressPolicy policy, Resolver resolver, Timeouts timeouts) {}
