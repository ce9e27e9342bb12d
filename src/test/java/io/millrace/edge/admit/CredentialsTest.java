package io.millrace.edge.admit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.verify.Headers;
import io.millrace.verify.ValueLocation;
import io.millrace.verify.Verification;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CredentialsTest {
  private static final Credentials QUERY =
      Credentials.of(new Verification.Token(new ValueLocation.InQuery("key"), ""));

  @Test
  void blotsOutEveryValueOfACredentialHeader() {
    Credentials credentials =
        Credentials.of(new Verification.Token(new ValueLocation.InHeader("X-Key"), ""));
    Headers received =
        Headers.of(
            Map.of(
                "X-KEY", List.of("a", "b"),
                "Authorization", List.of("Bearer c"),
                "X-Other", List.of("d", "e")));

    assertThat(credentials.mask(received))
        .containsEntry("x-key", List.of("***", "***"))
        .containsEntry("authorization", List.of("***"))
        .containsEntry("x-other", List.of("d", "e"));
  }

  @Test
  void blotsOutATokenInTheQuery() {
    assertThat(QUERY.mask("http://edge/in/a?x=1&key=secret&y=2&key=again", Optional.empty()))
        .isEqualTo("http://edge/in/a?x=1&key=***&y=2&key=***");
  }

  @Test
  void blotsOutATokenInThePathAlsoIfItHasTheSourcesName() {
    assertThat(QUERY.mask("http://edge/in/a/a", Optional.of("a")))
        .isEqualTo("http://edge/in/a/***");
  }

  @Test
  void leavesAnAddressWithoutATokenAsItIs() {
    assertThat(QUERY.mask("http://edge/in/a?monkey=1", Optional.empty()))
        .isEqualTo("http://edge/in/a?monkey=1");
  }
}
