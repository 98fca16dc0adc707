/**
 * Who fetches what and when: demands, the connections that answer them, and the pure decision
 * between the two. May import origin, store, range, link and settings.
 */
@NullMarked
package streamcache.fill;

import org.jspecify.annotations.NullMarked;
