package io.millrace.bench.simulator;

import io.millrace.bench.sender.Outgoing;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;

/**
 * Posts a sender's requests at a rate, up to a number of requests or a time. A slow answer does not
 * delay others, until too many are open. There are no retries.
 */
public final class SampleTraffic {
  private static final int MOST_OPEN = 256;

  private final SampleSender sender;
  private final Postman postman;
  private final UnaryOperator<Outgoing> delivery;
  private final RateGate gate;
  private final Clock clock;
  private final Semaphore open = new Semaphore(MOST_OPEN);
  private final AnswerCounts tally = new AnswerCounts();

  /**
   * @param delivery redirects a signed request to where the edge listens, like a proxy
   * @param perSecond requests per second, more than 0
   */
  public SampleTraffic(
      SampleSender sender,
      Postman postman,
      UnaryOperator<Outgoing> delivery,
      double perSecond,
      Clock clock) {
    this.sender = sender;
    this.postman = postman;
    this.delivery = delivery;
    this.gate = new RateGate(perSecond);
    this.clock = clock;
  }

  /**
   * Sends until the number of requests or the time is reached, whichever comes first.
   *
   * @return the counts of answers
   */
  public AnswerCounts send(long count, Duration duration) throws InterruptedException {
    Instant end = clock.instant().plus(duration);
    try (ExecutorService posts = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int sent = 0; sent < count && clock.instant().isBefore(end); sent++) {
        gate.pass();
        open.acquire();
        SamplePost post = sender.next(clock.instant());
        RequestTag tag = new RequestTag(sender.tag(), sent, 1);
        posts.execute(() -> post(post, tag));
      }
    }
    return tally;
  }

  private void post(SamplePost post, RequestTag tag) {
    try {
      tally.answered(post.kind(), postman.post(delivery.apply(post.request()), tag));
    } catch (IOException unanswered) {
      tally.unanswered();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      open.release();
    }
  }
}
