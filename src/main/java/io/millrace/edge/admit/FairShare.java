package io.millrace.edge.admit;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;

/**
 * Shares a limited amount among networks, none of which has proved anything. A network may hold as
 * much as is still free: alone, half of it; each of two, a third; each of many, little. So
 * something is always free for one that comes next. If that is used up too, whoever holds most
 * gives back what it has held longest.
 *
 * <p>Networks are nested: an IPv6 network is first compared within the larger network that one
 * owner can have. Not thread-safe.
 *
 * @param <H> what holds a part, such as a connection
 */
final class FairShare<H> {
  /** A network that is one owner's, and the smaller networks in it. */
  private static final class Wide<H> {
    private final Map<String, Narrow<H>> networks = new HashMap<>();
    private final Ranking<Narrow<H>> ranking = new Ranking<>();
    private long weight;
  }

  /** A network of one sender. */
  private static final class Narrow<H> {
    private final String name;
    private final LinkedHashSet<Part<H>> parts = new LinkedHashSet<>();
    private long weight;

    private Narrow(String name) {
      this.name = name;
    }
  }

  /** What one holder holds. */
  static final class Part<H> {
    private final H holder;
    private final SenderNetwork network;
    private final Wide<H> wide;
    private final Narrow<H> narrow;
    private long weight;
    private boolean removed;

    private Part(H holder, SenderNetwork network, Wide<H> wide, Narrow<H> narrow) {
      this.holder = holder;
      this.network = network;
      this.wide = wide;
      this.narrow = narrow;
    }

    H holder() {
      return holder;
    }
  }

  private final long limit;
  private final Map<String, Wide<H>> owners = new HashMap<>();
  private final Ranking<Wide<H>> ranking = new Ranking<>();
  private long total;
  private int size;

  /**
   * @param limit the amount for all of them together
   */
  FairShare(long limit) {
    this.limit = limit;
  }

  /** Adds a holder that holds nothing yet. */
  Part<H> add(SenderNetwork network, H holder) {
    Wide<H> wide = owners.computeIfAbsent(network.wide(), unseen -> new Wide<>());
    Narrow<H> narrow = wide.networks.computeIfAbsent(network.narrow(), Narrow::new);
    Part<H> part = new Part<>(holder, network, wide, narrow);
    narrow.parts.add(part);
    size++;
    return part;
  }

  /** Adds to what a holder holds; has no effect once it is removed. */
  void grow(Part<H> part, long more) {
    if (part.removed) {
      return;
    }
    long narrow = part.narrow.weight;
    long wide = part.wide.weight;
    part.weight += more;
    part.narrow.weight += more;
    part.wide.weight += more;
    total += more;
    part.wide.ranking.move(part.narrow, narrow, narrow + more);
    ranking.move(part.wide, wide, wide + more);
  }

  /** Removes a holder with all it holds; removing it twice has no effect. */
  void remove(Part<H> part) {
    if (part.removed) {
      return;
    }
    grow(part, -part.weight);
    part.removed = true;
    part.narrow.parts.remove(part);
    size--;
    if (part.narrow.parts.isEmpty()) {
      part.wide.networks.remove(part.narrow.name);
    }
    if (part.wide.networks.isEmpty()) {
      owners.remove(part.network.wide());
    }
  }

  /** Whether the owner of a part holds more besides it than was free without it. */
  boolean isOverShare(Part<H> part) {
    return part.wide.weight - part.weight > limit - (total - part.weight);
  }

  /** Whether all together hold more than the limit; a holder alone may. */
  boolean isOverLimit() {
    return size > 1 && total > limit;
  }

  long total() {
    return total;
  }

  /** The holder that gives back first, of all. */
  Optional<H> first() {
    return ranking.heaviest().flatMap(FairShare::firstOf);
  }

  /** The holder that gives back first, of those with the same owner. */
  Optional<H> firstBeside(Part<H> part) {
    return firstOf(part.wide);
  }

  private static <H> Optional<H> firstOf(Wide<H> wide) {
    return wide.ranking.heaviest().map(narrow -> narrow.parts.getFirst().holder());
  }
}
