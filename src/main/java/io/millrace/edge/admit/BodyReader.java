package io.millrace.edge.admit;

import io.millrace.edge.wire.Problem;
import io.millrace.edge.wire.ProblemException;
import io.millrace.model.Reason;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Reads a body byte for byte, up to a maximum size and within a time limit. */
public final class BodyReader {
  private static final int CHUNK_BYTES = 16 * 1024;

  private final int maxBytes;
  private final Duration timeout;

  /**
   * @param timeout how long the whole body may take. If a sender falls silent, the idle timeout of
   *     its connection ends the request earlier.
   */
  public BodyReader(int maxBytes, Duration timeout) {
    this.maxBytes = maxBytes;
    this.timeout = timeout;
  }

  /**
   * Reads the body; refuses one that is too large without reading the rest, and one that does not
   * arrive in full.
   */
  public byte[] read(HttpServletRequest request, RequestCapacity.Permit permit) {
    long declared = request.getContentLengthLong();
    // One byte more than announced, so the end is found without another buffer.
    int expected = declared < 0 ? CHUNK_BYTES : Math.clamp(declared + 1, 1, CHUNK_BYTES);
    ByteArrayOutputStream body = new ByteArrayOutputStream(expected);
    if (declared > maxBytes) {
      throw tooLarge(body);
    }
    try (InputStream in = request.getInputStream()) {
      read(in, body, new byte[expected], permit);
      permit.complete();
      return body.toByteArray();
    } catch (IOException | IllegalStateException incomplete) {
      permit.requireNotGivenUp();
      // Jetty reports broken framing and silence with either; neither is the edge's fault.
      throw malformed("The body is incomplete or badly framed; send the delivery again", body);
    }
  }

  private void read(
      InputStream in, ByteArrayOutputStream body, byte[] chunk, RequestCapacity.Permit permit)
      throws IOException {
    long started = System.nanoTime();
    for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
      permit.hold(count);
      body.write(chunk, 0, count);
      if (body.size() > maxBytes) {
        throw tooLarge(body);
      }
      if (System.nanoTime() - started > timeout.toNanos()) {
        throw malformed(
            "The body did not arrive within " + timeout.toSeconds() + " seconds; send it again",
            body);
      }
    }
  }

  private ProblemException tooLarge(ByteArrayOutputStream read) {
    Problem problem =
        Problem.of(
            Reason.BODY_TOO_LARGE,
            "The body is larger than the "
                + maxBytes
                + " bytes the edge accepts; send smaller batches");
    return new ProblemException(problem.closingConnection(), read.toByteArray());
  }

  private static ProblemException malformed(String detail, ByteArrayOutputStream read) {
    Problem problem = Problem.of(Reason.MALFORMED, detail);
    return new ProblemException(problem.closingConnection(), read.toByteArray());
  }
}
