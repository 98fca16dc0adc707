/**
 * The {@code .strm} files of a library: puts links into them, takes the links out again, and keeps
 * them in step with what other programs write.
 */
@NullMarked
package streamcache.library;

import org.jspecify.annotations.NullMarked;
