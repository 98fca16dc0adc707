/**
 * What is to be told to other programs, kept until they have taken it: a {@code Journal} that
 * survives a kill, a thread that makes {@code Rounds}, a {@code Caller} over HTTP, and {@code News}
 * of what became of it. Knows nothing of what is told. Imports no other room.
 */
@NullMarked
package streamcache.outbox;

import org.jspecify.annotations.NullMarked;
