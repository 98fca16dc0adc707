/**
 * The way upstream: one HTTP exchange with a provider, redirects followed by us, facts checked, and
 * the sealed family of causes why it failed. May import link, settings and range.
 */
@NullMarked
package streamcache.origin;

import org.jspecify.annotations.NullMarked;
