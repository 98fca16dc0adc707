/**
 * The decisions about one account: which player gets which connection, when a request is retried,
 * and which failures are reported. Pure: no thread, clock, logger, file or socket; the time is
 * passed with each event. May import range, the keys of link, and the failures of origin. Driven by
 * fill in the product and by the simulator in bench for tests.
 */
@NullMarked
package streamcache.schedule;

import org.jspecify.annotations.NullMarked;
