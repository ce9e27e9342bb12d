package io.millrace.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.identity.IdentityRules.ErasureRequests;
import io.millrace.yaml.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErasureRequestsRuleTest {
  @TempDir private Path rules;

  @Test
  void senderRequestsEraseUnlessTheFileSaysOtherwise() throws IOException {
    assertThat(IdentityRules.load(rules).erasureRequests()).isEqualTo(ErasureRequests.ERASE);
    assertThat(read("largest: 10").erasureRequests()).isEqualTo(ErasureRequests.ERASE);
    assertThat(read("erasureRequests: report").erasureRequests()).isEqualTo(ErasureRequests.REPORT);
    assertThat(read("erasureRequests: erase").erasureRequests()).isEqualTo(ErasureRequests.ERASE);
  }

  @Test
  void refusesAnotherWord() {
    assertThatThrownBy(() -> read("erasureRequests: ignore"))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining("write erase or report");
  }

  private IdentityRules read(String text) throws IOException {
    Files.writeString(rules.resolve(IdentityRules.FILE), text + "\nfreeMail: [gmail.com]\n");
    return IdentityRules.load(rules);
  }
}
