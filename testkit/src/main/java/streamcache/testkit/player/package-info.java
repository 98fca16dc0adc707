/**
 * Real players and the films they play: ffmpeg, ffprobe, mpv, VLC, GStreamer, Kodi and Chromium,
 * driven as a household would. May import process; knows nothing of the product.
 */
@NullMarked
package streamcache.testkit.player;

import org.jspecify.annotations.NullMarked;
