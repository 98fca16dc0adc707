/**
 * Byte ranges, sets of them and the Range header: pure values, no I/O, safe on any thread. Imports
 * nothing of ours; everything may import it.
 */
@NullMarked
package streamcache.range;

import org.jspecify.annotations.NullMarked;
