/**
 * A Seerr to play against, written from what the real server was measured to answer: its statuses,
 * its words, and the odd ones among them.
 */
@NullMarked
package streamcache.testkit.seerr;

import org.jspecify.annotations.NullMarked;
