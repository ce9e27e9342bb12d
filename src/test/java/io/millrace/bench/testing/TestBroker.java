package io.millrace.bench.testing;

import io.millrace.bench.stack.Broker;
import io.millrace.bench.stack.FreePorts;
import io.millrace.bench.stack.Port;
import io.millrace.bench.stack.StackException;
import io.millrace.bench.stack.StackSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** The broker of the embedded stack alone, on free ports, for tests of what runs on Kafka. */
public final class TestBroker implements AutoCloseable {
  private final StackSettings settings;
  private final Broker broker;

  private TestBroker(StackSettings settings) {
    this.settings = settings;
    this.broker = new Broker(settings.data(), settings);
  }

  /** Starts a broker on an empty directory and returns once it can be used. */
  public static TestBroker start(Path directory) throws Exception {
    StackSettings settings =
        IntStream.iterate(40_000, offset -> offset < 55_000, offset -> offset + 50)
            .mapToObj(offset -> StackSettings.of(directory, offset))
            .filter(TestBroker::isFree)
            .findFirst()
            .orElseThrow();
    TestBroker started = new TestBroker(settings);
    started.broker.start();
    return started;
  }

  public String bootstrapServers() {
    return settings.endpoints().bootstrapServers();
  }

  @Override
  public void close() {
    broker.stop();
  }

  private static boolean isFree(StackSettings settings) {
    try {
      FreePorts.require(
          List.of(
              new Port("broker", settings.brokerPort()),
              new Port("controller", settings.controllerPort())));
      return true;
    } catch (StackException taken) {
      return false;
    }
  }
}
