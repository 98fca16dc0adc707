/**
 * The cluster's machine of homes on many simulated nodes, for {@code bench/scaling}. Here and not
 * beside the other benches, since nothing else may use that machine.
 */
@NullMarked
package streamcache.cluster;

import org.jspecify.annotations.NullMarked;
