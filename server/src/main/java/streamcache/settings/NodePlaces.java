package streamcache.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the nodes of a cluster find each other. */
public sealed interface NodePlaces {

  ValueType<NodePlaces> KIND =
      new ValueType.Form<>(
          NodePlaces::parse,
          "tcp:// and the nodes, such as tcp://one:7800,two:7800, or dns:// and a name that has the"
              + " address of each node, such as dns://streamcache-nodes",
          "tcp://HOST[:PORT],... or dns://NAME[:PORT]");

  /** All nodes, this one included. */
  record Listed(List<NodePlace> places) implements NodePlaces {

    public Listed {
      places = List.copyOf(places);
    }
  }

  /** A name with the address of each node; all have the same port. */
  record Named(NodePlace name) implements NodePlaces {}

  private static Optional<NodePlaces> parse(String text) {
    if (text.startsWith("dns://")) {
      return NodePlace.parse(text.substring("dns://".length())).map(Named::new);
    }
    if (!text.startsWith("tcp://")) {
      return Optional.empty();
    }
    List<NodePlace> places = new ArrayList<>();
    for (String written : text.substring("tcp://".length()).split(",", -1)) {
      Optional<NodePlace> place = NodePlace.parse(written.strip());
      if (place.isEmpty()) {
        return Optional.empty();
      }
      places.add(place.get());
    }
    return Optional.of(new Listed(places));
  }
}
