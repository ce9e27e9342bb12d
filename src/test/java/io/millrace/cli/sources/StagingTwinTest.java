package io.millrace.cli.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.app.CommandException;
import org.junit.jupiter.api.Test;

final class StagingTwinTest {
  private final StagingTwin twin = new StagingTwin("ads", "ads-test");

  @Test
  void hasASecretForEachUse() {
    assertThat(
            twin.of(
                """
                source: ads
                provider: meta
                secrets:
                  - ref: env:OLD
                  - ref: env:NEW
                  - use: handshake
                    ref: env:VERIFY
                """))
        .isEqualTo(
            """
            source: ads-test
            staging: true
            provider: meta
            secrets:
              - ref: env:MILLRACE_SECRET_ADS_TEST
              - ref: env:MILLRACE_SECRET_ADS_TEST_HANDSHAKE
                use: handshake
            """);
  }

  @Test
  void readsSecretsOnOneLine() {
    assertThat(twin.of("source: ads\nsecrets: [{ref: env:A}, {ref: env:B, use: token}]\n"))
        .endsWith(
            """
            secrets:
              - ref: env:MILLRACE_SECRET_ADS_TEST
              - ref: env:MILLRACE_SECRET_ADS_TEST_TOKEN
                use: token
            """);
  }

  @Test
  void saysWhatItCannotRead() {
    assertThatThrownBy(() -> twin.of("{source: ads, provider: stripe}"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("source: ads");
  }
}
