package streamcache.event;

/**
 * Something that has happened, as an immutable value. Each room that publishes events declares them
 * in one sealed family of records beside the types they contain, so that a consumer's {@code
 * switch} over the family is exhaustive. Publishers call a {@code Consumer<Event>} without a lock
 * held; it must not block.
 */
public interface Event {}
