/**
 * The clip: a playable video that shows why a title cannot be played. Pure: takes a {@link
 * streamcache.clip.Card} and returns the bytes of any range. Knows nothing of HTTP and imports no
 * other package of the product; {@code trouble} imports it.
 */
@NullMarked
package streamcache.clip;

import org.jspecify.annotations.NullMarked;
