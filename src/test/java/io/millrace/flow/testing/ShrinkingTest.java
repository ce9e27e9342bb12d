package io.millrace.flow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShrinkingTest {

  @Test
  void findsTheTwoThatFailTogether() {
    List<Integer> thousand = IntStream.range(0, 1_000).boxed().toList();

    List<Integer> fewest =
        Shrinking.fewest(thousand, some -> some.contains(17) && some.contains(803));

    assertThat(fewest).containsExactly(17, 803);
  }

  @Test
  void keepsWhatFailsByItsOrder() {
    List<Integer> mixed = List.of(5, 9, 2, 7, 4, 8, 1);

    List<Integer> fewest = Shrinking.fewest(mixed, ShrinkingTest::falls);

    assertThat(fewest).hasSize(2);
    assertThat(falls(fewest)).isTrue();
  }

  @Test
  void keepsAnElementThatMustBeAsItIs() {
    List<Integer> plainest =
        Shrinking.plainest(List.of(5, 6, 7), number -> 0, some -> some.contains(6));

    assertThat(plainest).containsExactly(0, 6, 0);
  }

  private static boolean falls(List<Integer> numbers) {
    return IntStream.range(1, numbers.size()).anyMatch(i -> numbers.get(i) < numbers.get(i - 1));
  }
}
