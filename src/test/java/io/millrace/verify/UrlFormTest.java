package io.millrace.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UrlFormTest {
  @Test
  void decodesExactlyTheTwelveEscapesOfHubSpot() {
    var escapes = "%3A%2F%3F%40%21%24%27%28%29%2A%2C%3B%3a%2f";

    assertThat(UrlForm.decodeHubSpotEscapes(escapes)).isEqualTo(":/?@!$'()*,;:/");
  }

  @Test
  void leavesEveryOtherEscapeAlone() {
    assertThat(UrlForm.decodeHubSpotEscapes("%26%3D%2B%20%25%C3%AB%zz%"))
        .isEqualTo("%26%3D%2B%20%25%C3%AB%zz%");
  }

  @Test
  void neverDecodesTwice() {
    assertThat(UrlForm.decodeHubSpotEscapes("%253A")).isEqualTo("%253A");
  }

  @Test
  void triesTheUrlWithAndWithoutItsPort() {
    assertThat(UrlForm.ANY_PORT.spellings("https://a.example/x?y=:443"))
        .containsExactlyInAnyOrder("https://a.example/x?y=:443", "https://a.example:443/x?y=:443");
    assertThat(UrlForm.ANY_PORT.spellings("http://a.example:80/"))
        .containsExactlyInAnyOrder("http://a.example:80/", "http://a.example/");
    assertThat(UrlForm.ANY_PORT.spellings("https://a.example:8443/"))
        .containsExactlyInAnyOrder("https://a.example:8443/", "https://a.example/");
    assertThat(UrlForm.ANY_PORT.spellings("/in/x")).containsExactly("/in/x");
  }
}
