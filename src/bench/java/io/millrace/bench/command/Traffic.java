package io.millrace.bench.command;

import io.millrace.app.CommandException;
import io.millrace.bench.sample.SampleBook;
import io.millrace.bench.sample.SampleBooks;
import io.millrace.bench.sender.Outgoing;
import io.millrace.bench.sender.Signer;
import io.millrace.bench.sender.Signers;
import io.millrace.bench.sender.SigningKeys;
import io.millrace.bench.simulator.AnswerCounts;
import io.millrace.bench.simulator.Postman;
import io.millrace.bench.simulator.SampleSender;
import io.millrace.bench.simulator.SampleTraffic;
import io.millrace.bench.simulator.SteadyTraffic;
import io.millrace.bench.simulator.life.Run;
import io.millrace.bench.simulator.life.SourceNames;
import io.millrace.bench.simulator.plan.FaultRates;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The traffic for one source. The providers of the demo simulate whole lifecycles of records, in
 * order and out of order; the others simulate people who come back.
 *
 * @param provider a name of the catalogue
 * @param secret what it signs with
 * @param publicUrl the URL it posts to, if that is not where the edge listens
 * @param perSecond requests per second
 */
record Traffic(
    String source,
    String provider,
    String secret,
    URI edge,
    Optional<String> publicUrl,
    FaultRates rates,
    double perSecond,
    Clock clock) {

  AnswerCounts send(long seed, long count, Duration duration) throws InterruptedException {
    Signer signer = signer(secret);
    Signer stranger = signer(SigningKeys.draw(provider).signing());
    try (Postman postman =
        new Postman(edge, Map.of(source, signer), Map.of(source, stranger), clock)) {
      Optional<String> life = SourceNames.ofProvider(provider).filter(any -> publicUrl.isEmpty());
      if (life.isPresent()) {
        return new SteadyTraffic(source, life.get(), rates, postman, perSecond, clock)
            .send(seed, count, duration);
      }
      SampleSender sender =
          new SampleSender(
              book(), signer, stranger, told(), Run.ofSeed(seed, 1, clock.instant()), rates);
      return new SampleTraffic(sender, postman, this::delivered, perSecond, clock)
          .send(count, duration);
    }
  }

  @Override
  public String toString() {
    return "Traffic[" + provider + " to " + source + "]";
  }

  private Signer signer(String key) {
    try {
      return Signers.of(provider, key);
    } catch (IllegalArgumentException invalid) {
      throw CommandException.usage(
          invalid.getMessage()
              + "; `millrace simulate --generate-key --provider "
              + provider
              + "` makes one");
    }
  }

  private SampleBook book() {
    return SampleBooks.find(provider)
        .orElseThrow(() -> new IllegalStateException("There are no samples of " + provider));
  }

  private String listening() {
    return edge.resolve("/in/" + source).toString();
  }

  private String told() {
    return publicUrl.orElseGet(this::listening);
  }

  /** Keeps the tokens that signers append to the address. */
  private Outgoing delivered(Outgoing signed) {
    return signed.withUrl(listening() + signed.url().substring(told().length()));
  }
}
