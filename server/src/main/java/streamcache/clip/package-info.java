/**
 * The clip: a playable video that shows why a title cannot be played. Pure: a {@link
 * streamcache.clip.Card} in, bytes of any range out. Knows nothing of HTTP, imports nothing of
 * ours; {@code trouble} imports it.
 */
@NullMarked
package streamcache.clip;

import org.jspecify.annotations.NullMarked;
