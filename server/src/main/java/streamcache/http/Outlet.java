package streamcache.http;

/** The destination of a {@link PartWrite}: the connection, as seen by what is written to it. */
interface Outlet {

  /** On the event loop: writes the delivery and watches its progress. */
  void send(PartWrite delivery);

  /** On the event loop: no delivery is in progress any more. */
  void delivered();

  /** From any thread: resets the connection. */
  void cut();
}
