package streamcache.bench.explore;

/** Something that can happen in a {@link SmallWorld}. */
sealed interface Move {

  /** A player arrives and requests its title from its last position. */
  record Comes(int player) implements Move {}

  record Leaves(int player) implements Move {}

  /** A player seeks past what is stored. */
  record Seeks(int player) implements Move {}

  /** A connection receives its first bytes. */
  record Answers(long connection) implements Move {}

  /** A connection receives more bytes. */
  record Brings(long connection) implements Move {}

  /** The provider reports that the connection exceeds its limit. */
  record IsRefused(long connection) implements Move {}

  /** The provider cuts the connection, or the connection ends because it is to be closed. */
  record Ends(long connection) implements Move {}

  /** One second passes. */
  record TimePasses() implements Move {}
}
