/**
 * Listens to what playback, fill, store and outbox publish: Prometheus meters, the access line and
 * the structured events. May import those rooms; none of them imports it.
 */
@NullMarked
package streamcache.metrics;

import org.jspecify.annotations.NullMarked;
