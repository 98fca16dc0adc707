package streamcache.cluster;

/** Where an account is. */
sealed interface HomePlace {

  /** This node is its home. */
  record Here() implements HomePlace {}

  record There(ClusterNode node) implements HomePlace {}

  /**
   * The nodes have not yet agreed on it, which they do within moments of a change; or this node is
   * its home and sees too few of the others.
   */
  record Unsettled() implements HomePlace {}
}
