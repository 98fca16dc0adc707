/**
 * Real players and the films they play: ffmpeg, ffprobe, mpv, driven as a household would. Knows
 * nothing of the product.
 */
@NullMarked
package streamcache.testkit.player;

import org.jspecify.annotations.NullMarked;
