/**
 * What stands in a .strm: decoding and encoding links, the key of a title, the account a provider
 * counts, and the URL that hides its secrets when printed. Pure values; imports nothing of ours.
 */
@NullMarked
package streamcache.link;

import org.jspecify.annotations.NullMarked;
