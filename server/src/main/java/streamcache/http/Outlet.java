package streamcache.http;

/** Where a {@link Delivery} goes: the connection, as its bytes see it. */
interface Outlet {

  /** On the event loop: writes the delivery and watches its progress. */
  void send(Delivery delivery);

  /** On the event loop: nothing is under way any more. */
  void delivered();

  /** From any thread: resets the connection. */
  void cut();
}
