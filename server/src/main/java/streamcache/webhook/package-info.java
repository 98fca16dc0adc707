/**
 * Posts what happens here to a program of the operator's: a title is gone, a provider is down or up
 * again, the disk is nearly full, an account is refused. Off unless it is set up. Listens to
 * playback, fill and store; may import outbox, trouble, playback, fill, store, origin, link and
 * settings. Nothing but cli imports it.
 */
@NullMarked
package streamcache.webhook;

import org.jspecify.annotations.NullMarked;
