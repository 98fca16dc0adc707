/**
 * The product as a real process, disks that run full, and other tests that need the operating
 * system. Knows nothing of the product's classes.
 */
@NullMarked
package streamcache.testkit.process;

import org.jspecify.annotations.NullMarked;
