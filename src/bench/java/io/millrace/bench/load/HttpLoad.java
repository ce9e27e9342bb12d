package io.millrace.bench.load;

import io.millrace.bench.setup.BenchFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests over a fixed number of connections, from one thread, so that the sender takes
 * little of the machine. It reconnects for each load, because servers close connections that were
 * idle while others had their turn.
 */
public final class HttpLoad {
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(30);

  private final int port;
  private final int size;
  private final List<Connection> connections = new ArrayList<>();
  private final Deque<Connection> free = new ArrayDeque<>();
  private final EdgeRequests requests;
  private long accepted;
  private long refused;
  private int lastRefusal;

  /**
   * A load for one server.
   *
   * @param port of 127.0.0.1
   */
  public HttpLoad(int port, int connections, EdgeRequests requests) {
    this.port = port;
    this.size = connections;
    this.requests = requests;
  }

  /** The number of requests answered with 2xx. */
  public long accepted() {
    return accepted;
  }

  /** The number of requests answered otherwise. */
  public long refused() {
    return refused;
  }

  /** The last status that was not 2xx; 0 if there was none. */
  public int lastRefusal() {
    return lastRefusal;
  }

  /**
   * Every connection sends its next request as soon as the last one is answered.
   *
   * @throws BenchFailure when nothing listens there, or a connection is lost
   */
  public void saturate(Duration time) {
    connected(
        open -> {
          long end = System.nanoTime() + time.toNanos();
          while (System.nanoTime() < end) {
            while (!free.isEmpty()) {
              free.poll().send(requests, 0);
            }
            answers(open, TimeUnit.MILLISECONDS.toNanos(10), null);
          }
          drain(open, null);
        });
  }

  /** Sends at a rate, whatever the server does; a request waits if no connection is free. */
  public void arrive(OpenLoop arrivals) {
    Deque<Long> queue = new ArrayDeque<>();
    connected(
        open -> {
          while (!arrivals.isOver() || !queue.isEmpty()) {
            OptionalLong due = arrivals.take(System.nanoTime());
            while (due.isPresent()) {
              queue.add(due.getAsLong());
              due = arrivals.take(System.nanoTime());
            }
            while (!free.isEmpty() && !queue.isEmpty()) {
              free.poll().send(requests, queue.poll());
            }
            long pause = queue.isEmpty() ? arrivals.nanosToNext(System.nanoTime()) : 1_000_000;
            answers(open, pause, arrivals);
          }
          drain(open, arrivals);
        });
  }

  private interface Load {
    void send(Selector open) throws IOException;
  }

  private void connected(Load load) {
    try (Selector open = Selector.open()) {
      for (int i = 0; i < size; i++) {
        Connection connection = new Connection(port, open);
        connections.add(connection);
        free.add(connection);
      }
      load.send(open);
    } catch (IOException failure) {
      throw lost(failure);
    } finally {
      disconnect();
    }
  }

  private void disconnect() {
    for (Connection connection : connections) {
      connection.close();
    }
    connections.clear();
    free.clear();
  }

  private void drain(Selector open, @Nullable OpenLoop arrivals) throws IOException {
    long deadline = System.nanoTime() + LAST_ANSWERS.toNanos();
    while (free.size() < connections.size()) {
      if (System.nanoTime() > deadline) {
        throw new BenchFailure(
            "The server left %d requests without an answer for %d s"
                .formatted(connections.size() - free.size(), LAST_ANSWERS.toSeconds()));
      }
      answers(open, TimeUnit.MILLISECONDS.toNanos(10), arrivals);
    }
  }

  /** Processes answers; waits for them at most this long. */
  private void answers(Selector open, long nanos, @Nullable OpenLoop arrivals) throws IOException {
    // Sleeping less than a millisecond is impossible: polling keeps to the schedule.
    long millis = nanos / 1_000_000;
    if (millis > 0) {
      open.select(key -> answered(key, arrivals), millis);
    } else {
      open.selectNow(key -> answered(key, arrivals));
    }
  }

  private void answered(SelectionKey key, @Nullable OpenLoop arrivals) {
    Connection connection = (Connection) key.attachment();
    try {
      int status = connection.read();
      if (status == 0) {
        return;
      }
      if (status >= 200 && status < 300) {
        accepted++;
      } else {
        refused++;
        lastRefusal = status;
      }
      if (arrivals != null) {
        arrivals.answered(connection.intendedNanos, System.nanoTime());
      }
      free.add(connection);
    } catch (IOException failure) {
      throw lost(failure);
    }
  }

  private static BenchFailure lost(IOException failure) {
    return new BenchFailure(
        "The server could not be reached, or closed a connection: " + failure.getMessage());
  }

  /** One connection, with at most one request in flight. */
  private static final class Connection {
    private static final int BUFFER = 64 * 1024;

    private final SocketChannel channel;
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER);
    private final ByteBuffer in = ByteBuffer.allocate(BUFFER);
    private long intendedNanos;

    Connection(int port, Selector selector) throws IOException {
      channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, this);
    }

    void send(EdgeRequests requests, long intended) throws IOException {
      intendedNanos = intended;
      requests.next(out);
      in.clear();
      // A request is smaller than a socket's buffer, and nothing else is in flight.
      while (out.hasRemaining()) {
        channel.write(out);
      }
    }

    void close() {
      try {
        channel.close();
      } catch (IOException ignored) {
        // The operating system closes the socket now.
      }
    }

    /** The status once the answer is complete, else 0. */
    int read() throws IOException {
      if (channel.read(in) < 0) {
        throw new IOException("the server closed the connection");
      }
      return HttpAnswer.status(in.array(), in.position());
    }
  }
}
