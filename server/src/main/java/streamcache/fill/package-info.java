/**
 * Fetches what playbacks want: the entry point, the driver of each account's machine, and the
 * connections. The decisions about what is fetched and when are made in schedule. May import
 * schedule, origin, store, media, range, link, event and settings.
 */
@NullMarked
package streamcache.fill;

import org.jspecify.annotations.NullMarked;
