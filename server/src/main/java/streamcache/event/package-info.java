/**
 * What rooms publish and consume without knowing one another, and the request that a thread works
 * for. Imports no other package of ours.
 */
@NullMarked
package streamcache.event;

import org.jspecify.annotations.NullMarked;
