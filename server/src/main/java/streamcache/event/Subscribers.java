package streamcache.event;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Passes every event to all consumers, in order, on the publisher's thread. */
public record Subscribers(List<Consumer<Event>> all) implements Consumer<Event> {

  public Subscribers {
    all = List.copyOf(all);
  }

  /** These consumers, followed by others. */
  public Subscribers and(List<Consumer<Event>> others) {
    return new Subscribers(Stream.concat(all.stream(), others.stream()).toList());
  }

  @Override
  public void accept(Event event) {
    for (Consumer<Event> consumer : all) {
      consumer.accept(event);
    }
  }
}
