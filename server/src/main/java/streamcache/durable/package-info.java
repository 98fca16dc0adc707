/**
 * What survives a kill and a power cut: files that are replaced as a whole ({@code AtomicFile}, or
 * {@code FileDraft} if they are long), a {@code Journal} of lines, files that only their owner
 * reads, and the system calls they are made of ({@code Disk}). No other package syncs, renames or
 * writes a temporary file. May import range.
 */
@NullMarked
package streamcache.durable;

import org.jspecify.annotations.NullMarked;
