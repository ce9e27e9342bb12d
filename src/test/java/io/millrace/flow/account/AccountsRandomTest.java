package io.millrace.flow.account;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The rows of accounts are a function of what their inputs contain. */
final class AccountsRandomTest {
  @Test
  void endsTheSameInEveryOrderAndOnEveryNumberOfPartitions() {
    Random random = new Random(Long.getLong("seed", System.nanoTime()));
    for (int round = 0; round < Integer.getInteger("rounds", 150); round++) {
      long seed = random.nextLong();
      new RandomAccounts(new Random(seed)).check("seed " + seed);
    }
  }
}
