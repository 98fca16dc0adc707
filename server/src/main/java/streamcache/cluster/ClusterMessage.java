package streamcache.cluster;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What nodes tell each other. Times are relative, since clocks of machines differ. */
sealed interface ClusterMessage {

  /**
   * What a node holds when a view begins. A node that has sent it follows that view alone.
   *
   * @param view the view that it is for
   * @param previous the view that the sender was in before; empty if this is its first one
   * @param busy the accounts that it may have connections to
   * @param closedFor milliseconds for which closed connections of other accounts may still count
   * @param lost the nodes whose connections may still be open
   * @param settings digests of the settings that have to agree, by name
   */
  record Report(
      String view,
      String previous,
      Set<AccountKey> busy,
      long closedFor,
      List<Loss> lost,
      Map<String, String> settings)
      implements ClusterMessage {

    public Report {
      busy = Set.copyOf(busy);
      lost = List.copyOf(lost);
      settings = Map.copyOf(settings);
    }
  }

  /**
   * A node that is gone.
   *
   * @param millis how long its connections may still be open or count
   */
  record Loss(String node, long millis) {}

  /**
   * Sent every second.
   *
   * @param stamp the sender's own time
   * @param echoes the last stamp that it received from each node, by that node's run
   */
  record Beat(String view, long stamp, Map<Long, Long> echoes) implements ClusterMessage {

    public Beat {
      echoes = Map.copyOf(echoes);
    }
  }

  /**
   * What the sender has learned about providers.
   *
   * @param profiles by account
   */
  record Lessons(Map<String, String> profiles) implements ClusterMessage {

    public Lessons {
      profiles = Map.copyOf(profiles);
    }
  }

  /** The sender has closed all its connections and leaves. */
  record Leaving() implements ClusterMessage {}

  /** The process of a node has ended, as a broken connection showed. */
  record Died(String node, long run) implements ClusterMessage {}
}
