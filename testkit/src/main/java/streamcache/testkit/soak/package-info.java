/** Random players and random troubles for as long as one likes, and the proof that all is well. */
@NullMarked
package streamcache.testkit.soak;

import org.jspecify.annotations.NullMarked;
