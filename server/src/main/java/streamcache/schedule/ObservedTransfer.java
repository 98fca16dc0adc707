package streamcache.schedule;

import java.util.OptionalDouble;

/** The current state of a connection. Read at any time by its account's machine; never blocks. */
public interface ObservedTransfer {

  /** The next byte it will deliver. */
  long position();

  /** Bytes per second since its first byte; 0 while unknown. */
  double rate(long now);

  /** The bandwidth that it indicates, in bytes per second; 0 while or where it indicates none. */
  double bandwidth(long now);

  /** Seconds since its first byte; empty before that. */
  OptionalDouble ran(long now);

  /** Whether the provider has accepted the connection, even if it has not sent a byte. */
  boolean isAccepted();
}
