package streamcache.cluster;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jgroups.Address;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.TCPPING;
import org.jgroups.util.Responses;
import streamcache.settings.NodePlace;
import streamcache.settings.NodePlaces;

/**
 * Finds the other nodes as {@code CLUSTER} says. Names are looked up each time: a container that
 * starts again has another address, and one that is down has none. Called by threads of the
 * library.
 */
final class NodeFinder extends TCPPING {

  private final List<NodePlace> places;
  private final InetSocketAddress own;

  /**
   * @param own where this node listens; the list of the library must not be empty
   */
  NodeFinder(NodePlaces places, InetSocketAddress own) {
    this.own = own;
    this.places =
        switch (places) {
          case NodePlaces.Listed(List<NodePlace> listed) -> listed;
          case NodePlaces.Named(NodePlace name) -> List.of(name);
        };
    setId(ClassConfigurator.getProtocolId(TCPPING.class));
    setPortRange(0);
  }

  @Override
  public void init() throws Exception {
    lookUp();
    super.init();
  }

  @Override
  public void findMembers(List<Address> members, boolean isInitial, Responses responses) {
    lookUp();
    super.findMembers(members, isInitial, responses);
  }

  private void lookUp() {
    List<InetSocketAddress> found = new ArrayList<>(List.of(own));
    for (NodePlace place : places) {
      for (InetAddress address : OwnPlace.addresses(place.host())) {
        found.add(new InetSocketAddress(address, place.port()));
      }
    }
    setInitialHosts(found);
  }
}
