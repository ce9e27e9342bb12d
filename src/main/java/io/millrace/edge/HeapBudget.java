package io.millrace.edge;

import io.millrace.edge.admit.VerificationMemory;
import io.millrace.edge.wire.EdgeSettings;
import io.millrace.edge.wire.LimitSettings;

/**
 * What the edge needs of the heap when all its limits are reached at once. Limits that the heap
 * does not allow would not protect it: the process would end where it should answer 503.
 */
public final class HeapBudget {
  private static final long MEGABYTE = 1024L * 1024;

  /** The share of the heap that may be in use at most; collecting garbage needs the rest. */
  private static final double USABLE = 0.85;

  /** Code, catalogue, sources, metrics and the Kafka producer's buffer. */
  private static final long BASE_BYTES = 96 * MEGABYTE;

  /** As received, grown while it is read, and, if it is genuine, as a record. */
  private static final int PER_BODY_BYTE = 4;

  /** Headers as sent and as read, and the threads' stacks. */
  private static final long PER_REQUEST = 64 * 1024;

  private static final long PER_CONNECTION = 8 * 1024;
  private static final long PER_TLS_CONNECTION = 48 * 1024;
  private static final long PER_REPLAY_ENTRY = 200;
  private static final int PER_INSPECTED_BYTE = 2;

  /** Limits scaled below this share of what is set would refuse ordinary traffic. */
  private static final double LEAST_SCALE = 0.02;

  /**
   * The settings that a heap allows.
   *
   * @param settings with limits scaled down if they were too large
   * @param needed the bytes that the limits as set need, with all the rest
   * @param isScaled whether any limit was lowered
   */
  public record Fitted(EdgeSettings settings, long needed, boolean isScaled) {}

  private HeapBudget() {}

  /**
   * Fits the limits of an edge to a heap.
   *
   * @param heapBytes the largest size of the heap
   * @throws IllegalArgumentException if it is too small for any useful limits; the message says how
   *     to fix it
   */
  public static Fitted fit(EdgeSettings settings, long heapBytes) {
    LimitSettings limits = settings.network().limits();
    long fixed = fixed(settings, heapBytes);
    long variable =
        PER_BODY_BYTE * (long) limits.bodyBytes()
            + PER_REQUEST * limits.requests()
            + perConnection(settings) * limits.connections();
    long usable = (long) (USABLE * heapBytes);
    long needed = (long) ((fixed + variable) / USABLE);
    if (fixed + variable <= usable) {
      return new Fitted(settings, needed, false);
    }
    double scale = (double) (usable - fixed) / variable;
    LimitSettings scaled = scaled(limits, scale);
    if (scale < LEAST_SCALE || scaled.bodyBytes() < settings.maxBodyBytes()) {
      throw new IllegalArgumentException(
          ("The heap of %d MB is too small for the edge with these limits, which need %d MB; raise"
                  + " -Xmx, or lower edge.body.limit, edge.bodies.limit, edge.connections.limit,"
                  + " edge.requests.limit, edge.replay.capacity or edge.inspector.bytes")
              .formatted(heapBytes / MEGABYTE, needed / MEGABYTE));
    }
    return new Fitted(settings.withLimits(scaled), needed, true);
  }

  /** The memory for verifying bodies. */
  static VerificationMemory verification(EdgeSettings settings) {
    return new VerificationMemory(
        VerificationMemory.suitableBytes(
            settings.maxBodyBytes(), Runtime.getRuntime().maxMemory()));
  }

  private static long fixed(EdgeSettings settings, long heapBytes) {
    long inspected =
        settings.inspector().isOff() ? 0 : PER_INSPECTED_BYTE * (long) settings.inspector().bytes();
    return BASE_BYTES
        + VerificationMemory.suitableBytes(settings.maxBodyBytes(), heapBytes)
        + PER_REPLAY_ENTRY * settings.replay().capacity()
        + inspected;
  }

  private static long perConnection(EdgeSettings settings) {
    return settings.network().tls().isPresent() ? PER_TLS_CONNECTION : PER_CONNECTION;
  }

  private static LimitSettings scaled(LimitSettings limits, double scale) {
    return new LimitSettings(
        Math.max(1, (int) (limits.connections() * scale)),
        Math.max(1, (int) (limits.requests() * scale)),
        Math.max(1, (int) (limits.bodyBytes() * scale)),
        limits.unverified());
  }
}
