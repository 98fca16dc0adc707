/** What rooms publish and consume without knowing one another. Imports no other package of ours. */
@NullMarked
package streamcache.event;

import org.jspecify.annotations.NullMarked;
