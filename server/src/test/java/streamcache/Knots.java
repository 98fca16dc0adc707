package streamcache;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Classes of one package that all depend on one another, directly or not, so that reading one means
 * reading all. Nested classes count as their enclosing class. Found with Tarjan's algorithm.
 */
final class Knots {

  private final Map<String, Set<String>> uses = new HashMap<>();
  private final Map<String, Integer> indexes = new HashMap<>();
  private final Map<String, Integer> lows = new HashMap<>();
  private final Deque<String> stack = new ArrayDeque<>();
  private final Set<String> onStack = new HashSet<>();
  private final List<Set<String>> found = new ArrayList<>();

  private Knots() {}

  /** All knots of more than one class, as the full names of their classes. */
  static List<Set<String>> of(Collection<JavaClass> classes) {
    Knots knots = new Knots();
    for (JavaClass type : classes) {
      knots.uses.computeIfAbsent(top(type), _ -> new TreeSet<>());
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass();
        boolean isNear = target.getPackageName().equals(type.getPackageName());
        if (isNear && !top(target).equals(top(type))) {
          knots.uses.get(top(type)).add(top(target));
        }
      }
    }
    for (String name : List.copyOf(knots.uses.keySet())) {
      if (!knots.indexes.containsKey(name)) {
        knots.visit(name);
      }
    }
    return knots.found;
  }

  private static String top(JavaClass type) {
    return type.getBaseComponentType().getName().replaceFirst("\\$.*", "");
  }

  private void visit(String name) {
    int index = indexes.size();
    indexes.put(name, index);
    lows.put(name, index);
    stack.push(name);
    onStack.add(name);
    for (String used : uses.getOrDefault(name, Set.of())) {
      if (!indexes.containsKey(used)) {
        visit(used);
        lows.merge(name, lows.get(used), Math::min);
      } else if (onStack.contains(used)) {
        lows.merge(name, indexes.get(used), Math::min);
      }
    }
    if (lows.get(name) == index) {
      Set<String> knot = new TreeSet<>();
      String member;
      do {
        member = stack.pop();
        onStack.remove(member);
        knot.add(member);
      } while (!member.equals(name));
      if (knot.size() > 1) {
        found.add(knot);
      }
    }
  }
}
