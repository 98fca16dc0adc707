/**
 * Wrong and hostile HTTP from both sides, generated from a seed, and its required outcome. Used by
 * the tests of the server and, for longer runs, by bench/fuzz. Imports nothing of the product: the
 * rules are stated here a second time, independently.
 */
@NullMarked
package streamcache.testkit.fuzz;

import org.jspecify.annotations.NullMarked;
