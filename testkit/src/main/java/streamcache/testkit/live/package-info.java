/**
 * A live channel as a provider sends it, packet by packet, and a viewer that checks each packet.
 */
@NullMarked
package streamcache.testkit.live;

import org.jspecify.annotations.NullMarked;
