package streamcache.outbox;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Messages to another program: a queue of events, and a thread that writes what follows from them
 * to a journal and delivers it. What is written and delivered is up to its {@link Work}. Events
 * come from any thread without blocking.
 *
 * @param <E> the events that it takes in
 */
public final class Outbox<E> implements AutoCloseable {

  /** The rules of one outbox. Called by its thread only; may block. */
  public interface Work {

    /**
     * Takes in all queued events. What follows from them is durable when this returns, unless there
     * is {@link #diskTrouble}.
     *
     * @throws IOException if nothing can be delivered before the disk accepts writes
     */
    void take() throws IOException;

    /**
     * Delivers what is due.
     *
     * @return how long to wait if nothing wakes the thread
     * @throws IOException if nothing more can be delivered before the disk accepts writes
     */
    Duration deliver() throws IOException;

    /** Why some entries are in memory only although deliveries go on; empty if all are written. */
    default Optional<IOException> diskTrouble() {
      return Optional.empty();
    }
  }

  /** Opens the journal of an outbox; called once more in the next round if it fails. */
  public interface Opening {
    Work open() throws IOException;
  }

  /** Bounds a burst, such as a dead library causes; further events are dropped. */
  private static final int MOST_EVENTS = 4096;

  /** How long to wait after the disk refused a write. */
  private static final Duration DISK_REST = Duration.ofSeconds(30);

  private final String name;
  private final Opening opening;
  private final Consumer<? super OutboxEvent> listener;
  private final BlockingQueue<E> events = new ArrayBlockingQueue<>(MOST_EVENTS);
  private final WorkerLoop loop;
  private @Nullable Work work;
  private boolean isDiskReported;
  private volatile boolean isClosing;

  /**
   * @param name of the outbox, in events, and of its thread
   */
  public Outbox(String name, Opening opening, Consumer<? super OutboxEvent> listener) {
    this.name = name;
    this.opening = opening;
    this.listener = listener;
    this.loop = new WorkerLoop(name, this::round);
  }

  /** Call once, after this process owns the folder of the journal. */
  public void start() {
    loop.start();
  }

  /** Queues an event, unless too many are queued. */
  public void add(E event) {
    if (events.offer(event)) {
      loop.wake();
    }
  }

  /** Makes the thread look at once whether something is due. */
  public void wake() {
    loop.wake();
  }

  /** The events to be taken in, oldest first. */
  public Queue<E> events() {
    return events;
  }

  /** Publishes what became of an entry; not the errors that the shutdown itself causes. */
  public void publish(OutboxEvent.Kind kind, String id, String about, String words) {
    if (!isClosing) {
      listener.accept(new OutboxEvent(name, kind, id, about, words));
    }
  }

  /** Publishes an event about the outbox itself. */
  public void publish(OutboxEvent.Kind kind, String words) {
    publish(kind, "", "", words);
  }

  /**
   * Does all the work there is: the body of the thread's loop. Tests call it on a thread of theirs.
   *
   * @return how long to wait if nothing wakes the thread
   */
  public Duration round() {
    try {
      Work open = work;
      if (open == null) {
        open = opening.open();
        work = open;
      }
      open.take();
      open.diskTrouble().ifPresentOrElse(this::reportDisk, () -> isDiskReported = false);
      return open.deliver();
    } catch (IOException e) {
      reportDisk(e);
      return DISK_REST;
    }
  }

  private void reportDisk(IOException cause) {
    if (!isDiskReported) {
      isDiskReported = true;
      publish(
          OutboxEvent.Kind.UNAVAILABLE,
          "the queue cannot be saved to disk (" + cause.getClass().getSimpleName() + ")");
    }
  }

  /** Lets the current round finish, within a few seconds. Entries stay in the journal. */
  @Override
  public void close() {
    isClosing = true;
    loop.close();
  }
}
