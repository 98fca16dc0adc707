/**
 * The content of a .strm file: reading and making links of all forms, their keys, the key of a
 * title, the account that a provider counts, and the types that hide the secrets of a URL. Pure
 * values except for the key file; imports only durable.
 */
@NullMarked
package streamcache.link;

import org.jspecify.annotations.NullMarked;
