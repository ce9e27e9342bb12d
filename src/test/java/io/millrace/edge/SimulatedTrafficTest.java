package io.millrace.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.bench.sample.SampleBooks;
import io.millrace.bench.sender.Signers;
import io.millrace.bench.simulator.Postman;
import io.millrace.bench.simulator.SampleSender;
import io.millrace.bench.simulator.SampleTraffic;
import io.millrace.bench.simulator.life.Run;
import io.millrace.bench.simulator.plan.FaultRates;
import io.millrace.edge.testing.EdgeFixture;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the simulator plans to be answered is what the edge answers, over the wire. */
class SimulatedTrafficTest {
  private static final int REQUESTS = 80;
  private static final FaultRates RATES = FaultRates.ofOneSource(0.1, 0.1, 0.3);

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "forms, generic-hmac",
    "billing, stripe",
    "chat, slack",
    "keys, api-key",
    "mails, mailchimp",
    "links, path-token",
    "network, unsigned"
  })
  void isAnsweredAsPlanned(String source, String provider) throws Exception {
    sends(source, provider, REQUESTS, 1_000);
  }

  @Test
  void isAnsweredToTheLastRequestWhenASenderComesBackWithAllItHas() throws Exception {
    sends("billing", "stripe", 1_500, 1_000_000);
  }

  private void sends(String source, String provider, int requests, double perSecond)
      throws Exception {
    var seed = new Random().nextInt(1_000_000);
    var clock = Clock.fixed(EdgeFixture.NOW, ZoneOffset.UTC);
    try (var edge = new EdgeFixture(directory, EdgeFixture.PATIENT)) {
      var address = URI.create("http://127.0.0.1:" + edge.port());
      var sender =
          new SampleSender(
              SampleBooks.find(provider).orElseThrow(),
              Signers.of(provider, EdgeFixture.SECRET),
              Signers.of(provider, "another"),
              address + "/in/" + source,
              Run.ofSeed(seed, requests, EdgeFixture.NOW),
              RATES);
      try (var postman = new Postman(address, Map.of(), Map.of(), clock)) {
        var tally =
            new SampleTraffic(sender, postman, UnaryOperator.identity(), perSecond, clock)
                .send(requests, Duration.ofMinutes(1));

        assertThat(tally.unplanned()).as("seed %d: %s", seed, tally.answers()).isZero();
        assertThat(tally.requests()).isEqualTo(requests);
        assertThat(edge.log.appended()).as("seed %d: %s", seed, tally.answers()).isNotEmpty();
      }
    }
  }
}
