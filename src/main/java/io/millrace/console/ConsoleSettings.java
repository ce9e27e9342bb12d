package io.millrace.console;

import io.millrace.config.setting.Default;
import io.millrace.config.setting.Key;
import io.millrace.config.setting.MustBe;
import io.millrace.config.setting.Range;
import io.millrace.config.setting.Says;
import io.millrace.config.setting.Secret;
import java.util.Optional;

/** The address of the console. */
public record ConsoleSettings(
    @Key("console.host")
        @Default("127.0.0.1")
        @MustBe(value = "a host name or an IP address", matching = "[\\w.:-]+")
        @Says("Address of /metrics and the operator API.")
        String host,
    @Key("console.port")
        @Default("8090")
        @Range(from = "0", to = "65535")
        @Says("Port of /metrics and the operator API; 0 picks a free one.")
        int port,
    @Key("console.token")
        @Secret
        @MustBe(value = "env:NAME or file:PATH, or nothing", matching = "(env|file):.+")
        @Says(
            "Where the token of the operator API is kept: env:NAME or file:PATH. Without a token"
                + " the API answers only on a loopback address.")
        Optional<String> token) {

  /** A copy with another port. */
  public ConsoleSettings withPort(int other) {
    return new ConsoleSettings(host, other, token);
  }
}
