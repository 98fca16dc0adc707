/**
 * Messages to other programs, kept until they are delivered: a thread that runs the {@code
 * WorkerLoop}, a {@code Caller} over HTTP, and {@code OutboxEvent} for what became of each. Does
 * not depend on what the messages say. Imports no other package of ours.
 */
@NullMarked
package streamcache.outbox;

import org.jspecify.annotations.NullMarked;
