/**
 * Storage on disk: titles, generations, the sidecar journal that records which ranges are present,
 * recovery, accounting and eviction. May import durable, range, link (for keys) and settings.
 */
@NullMarked
package streamcache.store;

import org.jspecify.annotations.NullMarked;
