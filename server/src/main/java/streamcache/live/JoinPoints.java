package streamcache.live;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import streamcache.media.TransportPacket;

/**
 * Where in a channel a new viewer begins, so that its picture appears at once: at the table of
 * programs before a key picture. Guarded by the window's lock. Times are monotonic nanoseconds.
 */
final class JoinPoints {

  /**
   * How far behind the edge a viewer begins. A player shows nothing before it has a second or two,
   * which it would otherwise have to wait for.
   */
  static final Duration BEHIND = Duration.ofSeconds(2);

  /** A table of programs further than this before a picture belongs to an earlier one. */
  private static final long TABLE_WITHIN = 1 << 20;

  /** More than arrive within {@link #BEHIND}, so that only a strange stream loses any. */
  private static final int MOST = 256;

  private record Point(long offset, long at) {}

  private final Deque<Point> pictures = new ArrayDeque<>();

  /** The tables of programs, for a channel without pictures or without marks at them. */
  private final Deque<Point> tables = new ArrayDeque<>();

  /** When the first packets arrived; only valid once some have. */
  private long oldest;

  /** When the newest packets arrived. */
  private long newest;

  private boolean hasBegun;

  /** Notes the points among the packets that arrive at {@code offset}. */
  void scan(ByteBuffer packets, long offset, long now) {
    oldest = hasBegun ? oldest : now;
    hasBegun = true;
    newest = now;
    int first = packets.position();
    for (int at = first; at < packets.limit(); at += TransportPacket.BYTES) {
      TransportPacket packet = new TransportPacket(packets, at);
      long here = offset + at - first;
      if (packet.beginsPrograms()) {
        add(tables, new Point(here, now));
      } else if (packet.beginsKeyPicture()) {
        Point table = tables.peekLast();
        boolean isNear = table != null && here - table.offset() <= TABLE_WITHIN;
        add(pictures, new Point(isNear ? table.offset() : here, now));
      }
    }
  }

  private static void add(Deque<Point> all, Point point) {
    all.addLast(point);
    if (all.size() > MOST) {
      all.removeFirst();
    }
    while (all.size() > 1 && isFarEnough(second(all), point.at())) {
      all.removeFirst();
    }
  }

  private static Point second(Deque<Point> points) {
    var each = points.iterator();
    each.next();
    return each.next();
  }

  private static boolean isFarEnough(Point point, long now) {
    return now - point.at() >= BEHIND.toNanos();
  }

  /**
   * The offset at which a viewer that comes now begins.
   *
   * @param start nothing before it is there any more
   * @param edge nothing from there on has arrived
   */
  long join(long start, long edge) {
    Deque<Point> known = pictures.isEmpty() ? tables : pictures;
    long best = -1;
    for (Point point : known) {
      boolean isThere = point.offset() >= start;
      if (isThere && (best < 0 || isFarEnough(point, newest))) {
        best = point.offset();
      }
    }
    // Whoever has a channel turned on gets it from its first byte.
    return best >= 0 ? best : newest - oldest < BEHIND.toNanos() ? start : edge;
  }
}
