/**
 * What a file is and how long it plays, by its name, its declared type and its first bytes; pure.
 * Imports no other package of ours; origin and fill import it.
 */
@NullMarked
package streamcache.media;

import org.jspecify.annotations.NullMarked;
