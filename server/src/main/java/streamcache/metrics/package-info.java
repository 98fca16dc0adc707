/**
 * Listens to what playback, fill and store publish: Prometheus meters, the access line and the
 * structured events. May import those rooms; none of them imports it.
 */
@NullMarked
package streamcache.metrics;

import org.jspecify.annotations.NullMarked;
