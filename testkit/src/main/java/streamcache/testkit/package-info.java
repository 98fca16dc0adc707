/**
 * The counterparts of the tests: scripted origins on real sockets, content whose bytes depend on
 * their position, real players. Knows nothing of the product; the product's tests may import all of
 * it.
 */
@NullMarked
package streamcache.testkit;

import org.jspecify.annotations.NullMarked;
