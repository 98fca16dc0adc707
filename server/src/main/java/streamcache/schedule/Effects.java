package streamcache.schedule;

import java.util.ArrayList;
import java.util.List;

/** The effects of the current event, collected by the parts of a machine. */
final class Effects {

  private final List<Effect> all = new ArrayList<>();

  void add(Effect effect) {
    all.add(effect);
  }

  /** All effects since the last call, in order; costs nothing when there are none. */
  List<Effect> take() {
    if (all.isEmpty()) {
      return List.of();
    }
    List<Effect> taken = List.copyOf(all);
    all.clear();
    return taken;
  }
}
