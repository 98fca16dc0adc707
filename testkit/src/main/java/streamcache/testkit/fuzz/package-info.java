/**
 * Wrong and hostile HTTP from both sides, made from a seed, and what has to come of it. Used by the
 * tests of the server and, for longer, by bench/fuzz. Imports nothing of the product: what is right
 * is said here a second time, in other words.
 */
@NullMarked
package streamcache.testkit.fuzz;

import org.jspecify.annotations.NullMarked;
