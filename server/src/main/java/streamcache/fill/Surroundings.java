package streamcache.fill;

import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import streamcache.event.Event;
import streamcache.schedule.GlobalConnectionLimit;

/**
 * What all accounts share.
 *
 * @param limit the limit of all accounts together
 * @param threads makes one thread per connection
 * @param timer the timer for everything but scan detection
 */
record Surroundings(
    GlobalConnectionLimit limit,
    ThreadFactory threads,
    Timer timer,
    Source source,
    Consumer<Event> events,
    ScanDetector scans,
    Channels channels) {

  /** Call without a lock held. */
  void publish(Event event) {
    events.accept(event);
  }
}
