package io.millrace.bench.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestTagTest {
  @Test
  void readsWhatItWrote() {
    RequestTag tag = new RequestTag("r1", 17, 2);

    assertThat(RequestTag.parse(tag.text())).contains(tag);
  }

  @Test
  void takesNobodyElsesHeaderForATag() {
    assertThat(RequestTag.parse("")).isEmpty();
    assertThat(RequestTag.parse("r1/17")).isEmpty();
    assertThat(RequestTag.parse("r1/17/99999999999999")).isEmpty();
  }
}
