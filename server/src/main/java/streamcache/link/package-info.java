/**
 * What stands in a .strm: reading and making links of all forms, their keys, the key of a title,
 * the account a provider counts, and what hides the secrets of a URL from every eye. Pure values
 * but for the file of keys; imports nothing of ours.
 */
@NullMarked
package streamcache.link;

import org.jspecify.annotations.NullMarked;
