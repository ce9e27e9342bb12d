package io.millrace.identity.whatif;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How the same identifiers are grouped before and after something.
 *
 * @param before the groups that change, as they were
 * @param after what they become
 */
public record Difference(List<Group> before, List<Group> after) {
  public Difference {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** What differs between two groupings of the same identifiers. */
  public static Difference between(Collection<Group> before, Collection<Group> after) {
    List<Group> gone = new ArrayList<>(before);
    gone.removeAll(after);
    List<Group> come = new ArrayList<>(after);
    come.removeAll(before);
    return new Difference(gone, come);
  }

  public boolean isEmpty() {
    return before.isEmpty() && after.isEmpty();
  }

  /** The identifiers that get another owner: their new one by id. */
  public Map<String, String> moved() {
    Map<String, String> old = owners(before);
    Map<String, String> moved = new TreeMap<>();
    owners(after)
        .forEach(
            (id, owner) -> {
              if (!owner.equals(old.get(id))) {
                moved.put(id, owner);
              }
            });
    return moved;
  }

  /** The owners that exist no more. */
  public Set<String> ended() {
    Set<String> ended = new TreeSet<>();
    before.forEach(group -> ended.add(group.owner()));
    after.forEach(group -> ended.remove(group.owner()));
    return ended;
  }

  /** The owners that have other identifiers than before, or exist now. */
  public Set<String> changed() {
    Set<String> changed = new TreeSet<>();
    after.forEach(group -> changed.add(group.owner()));
    return changed;
  }

  private static Map<String, String> owners(List<Group> groups) {
    Map<String, String> owners = new HashMap<>();
    groups.forEach(group -> group.ids().forEach(id -> owners.put(id, group.owner())));
    return owners;
  }
}
