/**
 * One record per feature, parsed once at start from flags, environment and file. Imports nothing of
 * ours; everything may import it.
 */
@NullMarked
package streamcache.settings;

import org.jspecify.annotations.NullMarked;
