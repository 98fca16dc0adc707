/**
 * Plays random histories of hostile providers, players, stores and clocks against the product's
 * account machine, in virtual time, and checks the invariants after every event. One seed is one
 * history. May import schedule, the failures of origin, link and range, and what the simulator
 * shares.
 */
@NullMarked
package streamcache.bench.explore;

import org.jspecify.annotations.NullMarked;
