package streamcache.outbox;

/** Receives the events of an outbox, on the thread of the outbox; must not block. */
public interface OutboxListener {

  void news(OutboxEvent event);
}
