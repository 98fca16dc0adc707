package streamcache.outbox;

/** Told what becomes of what is to be told; on the outbox's own thread, must not block. */
public interface NewsListener {

  void news(News news);
}
