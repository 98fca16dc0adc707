/**
 * One record per feature, parsed once at start from flags, environment and file. Imports no other
 * package of ours; every package may import it.
 */
@NullMarked
package streamcache.settings;

import org.jspecify.annotations.NullMarked;
