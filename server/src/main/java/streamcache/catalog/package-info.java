/**
 * What providers list, and its place in a media library: the entries of a catalogue ({@code
 * CatalogEntry}), the reader of playlists, and {@code Library}, a folder of .strm files that other
 * rooms fill as well. May import link, settings and durable.
 */
@NullMarked
package streamcache.catalog;

import org.jspecify.annotations.NullMarked;
