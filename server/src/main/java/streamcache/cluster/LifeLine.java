package streamcache.cluster;

import java.util.function.Consumer;
import org.jgroups.Address;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.FD_SOCK2;
import org.jspecify.annotations.Nullable;

/**
 * Each node keeps a connection to the next one. Its end shows at once that the process of that node
 * has ended, where silence could also be a cut cable. Called by threads of the library.
 */
final class LifeLine extends FD_SOCK2 {

  private final Consumer<Address> ended;

  /**
   * @param ended receives the node at the other end
   */
  LifeLine(Consumer<Address> ended) {
    this.ended = ended;
    setId(ClassConfigurator.getProtocolId(FD_SOCK2.class));
  }

  /**
   * @param lost the node whose connection has ended; null if there was no connection to it
   */
  @Override
  protected void connectToNextPingDest(@Nullable Address lost) {
    if (lost != null && !shutting_down) {
      ended.accept(lost);
    }
    super.connectToNextPingDest(lost);
  }
}
