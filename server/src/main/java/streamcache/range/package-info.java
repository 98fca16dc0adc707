/**
 * Byte ranges, sets of them and the Range header: pure values, no I/O, safe on any thread. Imports
 * no other package of ours; every package may import it.
 */
@NullMarked
package streamcache.range;

import org.jspecify.annotations.NullMarked;
