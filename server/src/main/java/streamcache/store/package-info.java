/**
 * The bytes on disk: titles, generations, the sidecar journal that says which ranges are really
 * there, recovery, accounting, eviction. May import range, link (for keys) and settings.
 */
@NullMarked
package streamcache.store;

import org.jspecify.annotations.NullMarked;
