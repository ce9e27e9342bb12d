package io.millrace.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressRangeTest {

  @Test
  void holdsTheAddressesThatBeginWithItsBits() {
    AddressRange range = range("192.0.2.0/25");

    assertThat(range.holds("192.0.2.0")).isTrue();
    assertThat(range.holds("192.0.2.127")).isTrue();
    assertThat(range.holds("192.0.2.128")).isFalse();
    assertThat(range("198.51.100.7").holds("198.51.100.7")).isTrue();
    assertThat(range("198.51.100.7").holds("198.51.100.8")).isFalse();
    assertThat(range("0.0.0.0/0").holds("203.0.113.9")).isTrue();
  }

  @Test
  void holdsAddressesOfIpv6() {
    AddressRange range = range("2001:db8::/33");

    assertThat(range.holds("2001:DB8:7fff::1")).isTrue();
    assertThat(range.holds("2001:db8:8000::1")).isFalse();
    assertThat(range("2001:db8::1").holds("2001:0db8:0:0:0:0:0:1")).isTrue();
    assertThat(range("::/0").holds("2001:db8::1")).isTrue();
  }

  @Test
  void doesNotMindBitsBeyondThePrefix() {
    assertThat(range("192.0.2.77/24").holds("192.0.2.1")).isTrue();
    assertThat(range("192.0.2.77/24")).hasToString("192.0.2.0/24");
  }

  @Test
  void seesIpv4BehindItsIpv6Form() {
    assertThat(range("192.0.2.0/24").holds("::ffff:192.0.2.1")).isTrue();
    assertThat(range("192.0.2.0/24").holds("::ffff:c000:201")).isTrue();
    assertThat(range("::ffff:192.0.2.0/120").holds("192.0.2.1")).isTrue();
    assertThat(range("::ffff:192.0.2.0/120").holds("192.0.3.1")).isFalse();
    assertThat(AddressRange.address("::ffff:192.0.2.1")).contains("192.0.2.1");
  }

  @Test
  void doesNotTakeOneFamilyForTheOther() {
    assertThat(range("0.0.0.0/0").holds("2001:db8::1")).isFalse();
    assertThat(range("::/0").holds("192.0.2.1")).isFalse();
    assertThat(range("::/0").holds("::ffff:192.0.2.1")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "*",
        "all",
        "localhost",
        "example.com",
        "1",
        "1.2.3",
        "192.0.2.*",
        "192.0.2.1-9",
        "192.0.2.256",
        "0192.0.2.1",
        "0x7f.0.0.1",
        "0300.0.2.1",
        "192.0.2.1/33",
        "192.0.2.1/024",
        "192.0.2.1/",
        "/24",
        "192.0.2.0/255.255.255.0",
        "192.0.2.1 ",
        " 192.0.2.1",
        "192.0.2.1:80",
        "2001:db8::1%eth0",
        "2001:db8::/129",
        "2001::db8::1",
        "[2001:db8::1]",
        ":",
        "::g",
        "2001:db8::/-1",
        "4)+k&C#VzJ4br>0wv%Yp",
        "192.0.2.1/24/24",
        "3221225985",
        "b11000000"
      })
  void takesNothingButPlainNotation(String text) {
    assertThat(AddressRange.parse(text)).isEmpty();
    assertThat(AddressRange.address(text)).isEmpty();
    assertThat(range("0.0.0.0/0").holds(text)).isFalse();
  }

  @Test
  void knowsAnAddressFromARange() {
    assertThat(AddressRange.address("192.0.2.0/24")).isEmpty();
    assertThat(AddressRange.address("2001:0DB8::0001")).contains("2001:db8::1");
    assertThat(range("::/0").holds("2001:db8::/32")).isFalse();
  }

  @Test
  void doesNotReadLongTextAtAll() {
    assertThat(AddressRange.parse("1".repeat(1_000_000))).isEmpty();
  }

  private static AddressRange range(String text) {
    return AddressRange.parse(text).orElseThrow();
  }
}
