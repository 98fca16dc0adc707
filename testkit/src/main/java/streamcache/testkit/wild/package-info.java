/**
 * Providers as public bug reports show them, each with a film, and the players to try on them:
 * shared by the benchmark and the tests with real players.
 */
@NullMarked
package streamcache.testkit.wild;

import org.jspecify.annotations.NullMarked;
