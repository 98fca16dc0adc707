/**
 * Whole-system measurements beside nginx, alternating in one run. Figures go to
 * docs/performance.md; nothing here is asserted by a test. May import testkit.
 */
@NullMarked
package streamcache.bench;

import org.jspecify.annotations.NullMarked;
