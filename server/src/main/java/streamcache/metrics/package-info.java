/**
 * Listens to the events of playback, fill, store, trouble and outbox: Prometheus meters, the access
 * line and the structured events. May import those packages, origin and link; none of them imports
 * it.
 */
@NullMarked
package streamcache.metrics;

import org.jspecify.annotations.NullMarked;
