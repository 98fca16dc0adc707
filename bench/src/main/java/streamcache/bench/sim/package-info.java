/**
 * A provider, players and a store in virtual time, to compare rules for using connections. The
 * product's own {@code schedule.AccountMachine} and estimators run in it, so that what is tuned
 * here is what is shipped. The simulation opens no socket and no file; only {@code Reality} and
 * {@code Agree} do, which run the real product. May import server and testkit.
 */
@NullMarked
package streamcache.bench.sim;

import org.jspecify.annotations.NullMarked;
