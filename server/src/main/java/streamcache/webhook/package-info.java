/**
 * Posts events to a program of the operator: a title is gone, a provider is down or up again, the
 * disk is nearly full, an account is refused. Off unless configured. Listens to playback, fill and
 * store; may import outbox, trouble, playback, fill, store, origin, link and settings. Only cli
 * imports it.
 */
@NullMarked
package streamcache.webhook;

import org.jspecify.annotations.NullMarked;
