/**
 * A provider, players and a store in virtual time, to compare rules for spending connections. The
 * product's own {@code fill.Decision} and estimators run in it, so that what is tuned here is what
 * is shipped. Nothing here opens a socket or a file. May import server.
 */
@NullMarked
package streamcache.bench.sim;

import org.jspecify.annotations.NullMarked;
