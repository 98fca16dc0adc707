package streamcache.testkit.fuzz;

import java.util.List;

/**
 * What a provider sends for one request, and what may come of it.
 *
 * @param seed it was made from
 * @param pieces as they are handed to the system, Latin-1
 * @param end what follows them
 * @param truth what the answer is worth
 */
public record HostileAnswer(long seed, List<String> pieces, End end, Truth truth) {

  /** How the provider goes on. */
  public enum End {
    KEEP,
    CLOSE,
    RESET,
    /** Says nothing more and keeps the connection. */
    STALL
  }

  /** What a client must make of an answer. */
  public enum Truth {
    /** Shabby perhaps, but clear: every byte has to be there. */
    COMPLETE,
    /** Wrong or cut: it must not come to a clean end, and what comes before has to be right. */
    BROKEN,
    /** Framing counted among the bytes of the file: nobody can tell, but it must come to an end. */
    LIE,
    /** What comes has to be right as far as it goes; whether it comes to an end is open. */
    OPEN
  }

  @Override
  public String toString() {
    String all = String.join("", pieces);
    String shown = all.length() > 1500 ? all.substring(0, 1500) + "..." : all;
    return "answer %d, %s, then %s: %s"
        .formatted(seed, truth, end, shown.replaceAll("[^\\x20-\\x7e\r\n]+", "*"));
  }
}
