/**
 * The product as a real process, disks that run full, and what else needs the operating system.
 * Knows nothing of the product's classes.
 */
@NullMarked
package streamcache.testkit.process;

import org.jspecify.annotations.NullMarked;
