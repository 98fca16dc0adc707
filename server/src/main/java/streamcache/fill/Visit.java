package streamcache.fill;

import java.time.Duration;
import streamcache.link.TitleKey;
import streamcache.schedule.ObservedVisit;

/**
 * One client's visit to one title, over any number of requests. Created by the {@link
 * ScanDetector}, under whose lock it changes; an account's machine reads it under the account's
 * lock. Times are monotonic nanoseconds.
 */
final class Visit implements ObservedVisit {

  /** A client that stays for this long is watching. */
  static final Duration STAY = Duration.ofSeconds(30);

  private final ScanDetector detector;
  private final ClientId client;
  private final TitleKey title;
  private volatile long since;

  /** Guarded by the detector's lock. */
  private int readers;

  private long leftAt;

  private volatile boolean isOpen;
  private volatile boolean isOfScan;

  /**
   * @param isOfScan whether the client is currently scanning a library
   */
  Visit(ScanDetector detector, ClientId client, TitleKey title, boolean isOfScan, long now) {
    this.detector = detector;
    this.client = client;
    this.title = title;
    this.isOfScan = isOfScan;
    this.since = now;
    this.leftAt = now;
  }

  /** Whether the visit makes the title worth completing. Any thread, no lock. */
  @Override
  public boolean isViewing() {
    return !isOfScan || (isOpen && lasts(detector.now()));
  }

  /** Whether it ended as part of a scan. Any thread, no lock. */
  @Override
  public boolean isDismissed() {
    return isOfScan && !isOpen;
  }

  /** One of its requests has ended. */
  void leave() {
    detector.leaves(this);
  }

  // The rest is for the detector, with its lock held.

  ClientId client() {
    return client;
  }

  TitleKey title() {
    return title;
  }

  long since() {
    return since;
  }

  /** The client has returned after a break. */
  void restart(long now) {
    since = now;
  }

  boolean hasLeftSince(long then) {
    return leftAt - then >= 0;
  }

  boolean lasts(long now) {
    return now - since >= STAY.toNanos();
  }

  void ofScan(boolean now) {
    isOfScan = now;
  }

  void enter() {
    readers++;
    isOpen = true;
  }

  /** Returns false while another of its requests continues. */
  boolean exit(long now) {
    readers--;
    isOpen = readers > 0;
    leftAt = now;
    return !isOpen;
  }
}
