/**
 * Messages to other programs, kept until they are delivered: an {@code Outbox} owns the queue and
 * the thread, {@code Entries} the journal, {@code DeliveryPause} the back-off, {@code Caller} makes
 * calls over HTTP, and {@code OutboxEvent} says what became of each. Does not depend on what the
 * messages say. May import durable and event.
 */
@NullMarked
package streamcache.outbox;

import org.jspecify.annotations.NullMarked;
