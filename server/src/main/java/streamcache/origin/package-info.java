/**
 * The upstream side: one HTTP exchange with a provider, with redirects followed and facts checked
 * by this code, and the sealed family of failure causes. May import media, link, settings and
 * range.
 */
@NullMarked
package streamcache.origin;

import org.jspecify.annotations.NullMarked;
