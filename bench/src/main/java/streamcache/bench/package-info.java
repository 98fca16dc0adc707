/**
 * Whole-system measurements against nginx, alternating in one run. Figures go to
 * docs/performance.md; no test asserts anything here. May import testkit.
 */
@NullMarked
package streamcache.bench;

import org.jspecify.annotations.NullMarked;
