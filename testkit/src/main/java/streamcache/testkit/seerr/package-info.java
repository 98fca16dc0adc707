/**
 * A fake Seerr, written from the measured responses of the real server: its statuses, its messages,
 * and its peculiarities.
 */
@NullMarked
package streamcache.testkit.seerr;

import org.jspecify.annotations.NullMarked;
