/**
 * The API of the operator under {@code /api/v1}: who may use it, its routes, and what they answer.
 * Asks the other rooms through their entry points and keeps no state that they have. May import
 * http, playback, fill, store and what those may import.
 */
@NullMarked
package streamcache.admin;

import org.jspecify.annotations.NullMarked;
