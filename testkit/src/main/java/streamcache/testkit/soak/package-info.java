/**
 * Random players and random faults for any length of time, and the check that everything is still
 * correct at the end.
 */
@NullMarked
package streamcache.testkit.soak;

import org.jspecify.annotations.NullMarked;
