package streamcache.fill;

import java.util.OptionalLong;
import streamcache.schedule.Brought;

/**
 * What one connection has delivered. Written by the connection's thread, which also reports its
 * end.
 */
final class Yield {

  private long received;
  private long stored;

  /** Whether the stored bytes were withdrawn, or replace another generation's. */
  private boolean noProgress;

  private boolean whole;
  private boolean cutShort;
  private boolean toldLength;
  private boolean spent;
  private boolean broadcast;
  private boolean lasting;

  /** Read by the account's machine, too. */
  private volatile boolean copy;

  void received(long bytes) {
    received += copy ? 0 : bytes;
  }

  /** Its bytes come from the store of another node, and none from the provider. */
  void isCopied() {
    copy = true;
  }

  boolean isCopy() {
    return copy;
  }

  /**
   * @return whether these are the first bytes that were not stored before
   */
  boolean stored(long bytes) {
    boolean isFirst = stored == 0 && bytes > 0 && !noProgress;
    stored += bytes;
    return isFirst;
  }

  void isNoProgress() {
    noProgress = true;
  }

  /** It reads the file from its start because the provider supports no ranges. */
  void isWhole() {
    whole = true;
  }

  /** The response ended before everything requested had arrived. */
  void isCutShort() {
    cutShort = !broadcast;
  }

  /** It has shown the length of the file, which no response states. */
  void tellsLength() {
    toldLength = true;
  }

  /** It receives a broadcast: nothing of it is stored, nor is it read from the start again. */
  void isBroadcast() {
    broadcast = true;
  }

  /** It has received a broadcast for so long that the next connection is worth its request. */
  void lasts() {
    lasting = true;
  }

  void isSpent(boolean value) {
    spent = value;
  }

  /** Body bytes read from the provider. */
  long received() {
    return received;
  }

  /** How many of them were new to the store. */
  long stored() {
    return stored;
  }

  /** Whether what it received was a broadcast. */
  boolean wasBroadcast() {
    return broadcast;
  }

  /** The summary for the account's machine. */
  Brought summary() {
    return new Brought(
        stored,
        /* hasProgress= */ broadcast ? lasting : stored > 0 && !noProgress,
        /* isWhole= */ whole && !broadcast,
        spent,
        cutShort ? OptionalLong.of(received) : OptionalLong.empty(),
        /* hasChangedTitle= */ stored > 0 || toldLength);
  }
}
