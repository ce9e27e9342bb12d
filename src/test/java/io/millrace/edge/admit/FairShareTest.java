package io.millrace.edge.admit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

final class FairShareTest {

  /** A holder, as a naive model knows it. */
  private static final class Holder {
    private final SenderNetwork network;
    private final int number;
    private long weight;

    private Holder(SenderNetwork network, int number) {
      this.network = network;
      this.number = number;
    }
  }

  private record Added(Holder holder, FairShare.Part<Holder> part) {}

  @Test
  void takesBackFromWhoeverHasMost() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      FairShare<Holder> share = new FairShare<>(50);
      List<Added> all = new ArrayList<>();
      for (int step = 0; step < 60; step++) {
        change(share, all, random, step);

        assertThat(share.total()).as("seed %d", seed).isEqualTo(weight(all, each -> true));
        assertThat(share.isOverLimit())
            .as("seed %d", seed)
            .isEqualTo(all.size() > 1 && share.total() > 50);
        check(share.first(), all, "seed " + seed);
        for (Added each : all) {
          String owner = each.holder().network.wide();
          List<Added> beside =
              all.stream().filter(it -> it.holder().network.wide().equals(owner)).toList();
          check(share.firstBeside(each.part()), beside, "seed " + seed);
          assertThat(share.isOverShare(each.part()))
              .as("seed %d", seed)
              .isEqualTo(
                  weight(beside, it -> !it.equals(each))
                      > 50 - weight(all, it -> !it.equals(each)));
        }
      }
      all.forEach(each -> share.remove(each.part()));
      assertThat(share.total()).isZero();
      assertThat(share.first()).isEmpty();
    }
  }

  private static void change(FairShare<Holder> share, List<Added> all, Random random, int number) {
    if (random.nextInt(4) == 0 && !all.isEmpty()) {
      Added gone = all.remove(random.nextInt(all.size()));
      share.remove(gone.part());
      share.remove(gone.part());
      return;
    }
    if (random.nextBoolean() && !all.isEmpty()) {
      Added grown = all.get(random.nextInt(all.size()));
      grown.holder().weight += 3;
      share.grow(grown.part(), 3);
      return;
    }
    String address = "2001:db8:%d:%d::1".formatted(random.nextInt(3), random.nextInt(3));
    Holder holder = new Holder(SenderNetwork.of(address), number);
    all.add(new Added(holder, share.add(holder.network, holder)));
  }

  /** It is the oldest of the heaviest network of the heaviest owner. */
  private static void check(Optional<Holder> first, List<Added> all, String seed) {
    assertThat(first.isPresent()).as(seed).isEqualTo(weight(all, each -> true) > 0);
    if (first.isEmpty()) {
      return;
    }
    SenderNetwork chosen = first.get().network;
    assertThat(ofOwner(all, chosen))
        .as(seed)
        .isEqualTo(heaviest(all, each -> ofOwner(all, each.holder().network)));
    assertThat(ofNetwork(all, chosen))
        .as(seed)
        .isEqualTo(
            heaviest(
                all.stream()
                    .filter(each -> each.holder().network.wide().equals(chosen.wide()))
                    .toList(),
                each -> ofNetwork(all, each.holder().network)));
    assertThat(first.get().number)
        .as(seed)
        .isEqualTo(
            all.stream()
                .map(Added::holder)
                .filter(each -> each.network.equals(chosen))
                .mapToInt(each -> each.number)
                .min()
                .orElseThrow());
  }

  private static long ofOwner(List<Added> all, SenderNetwork network) {
    return weight(all, each -> each.holder().network.wide().equals(network.wide()));
  }

  private static long ofNetwork(List<Added> all, SenderNetwork network) {
    return weight(all, each -> each.holder().network.equals(network));
  }

  private static long weight(List<Added> all, Predicate<Added> which) {
    return all.stream().filter(which).mapToLong(each -> each.holder().weight).sum();
  }

  private static long heaviest(List<Added> all, ToLongFunction<Added> weight) {
    return all.stream().mapToLong(weight).max().orElseThrow();
  }
}
