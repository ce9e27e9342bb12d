package io.millrace.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EncodingTest {
  @Test
  void decodesHexInOneCase() {
    assertThat(Encoding.HEX.decode("ab01")).hasValue(new byte[] {(byte) 0xab, 1});
    assertThat(Encoding.HEX.decode("AB01")).hasValue(new byte[] {(byte) 0xab, 1});
    assertThat(Encoding.HEX.decode("aB01")).isEmpty();
  }

  @Test
  void refusesLooseBitsAndMissingPaddingAtTheEndOfBase64() {
    assertThat(Encoding.BASE64.decode("QQ==")).hasValue(new byte[] {'A'});
    assertThat(Encoding.BASE64.decode("QQ")).isEmpty();
    assertThat(Encoding.BASE64.decode("QR==")).isEmpty();
  }

  @Test
  void tellsTheTwoAlphabetsOfBase64Apart() {
    assertThat(Encoding.BASE64URL.decode("-_8")).isPresent();
    assertThat(Encoding.BASE64.decode("-_8=")).isEmpty();
  }

  @Test
  void refusesWhatDecodesToNothing() {
    for (var encoding : Encoding.values()) {
      assertThat(encoding.decode("")).isEmpty();
      assertThat(encoding.decode("☃☃")).isEmpty();
    }
    assertThat(Encoding.HEX.decode("abc")).isEmpty();
  }
}
