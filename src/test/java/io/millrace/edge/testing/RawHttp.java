package io.millrace.edge.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Locale;

/** Sends bytes that no HTTP client would, and reads what comes back. */
public final class RawHttp implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;

  private static final int MOMENT_MILLIS = 300;

  private final Socket socket;

  public RawHttp(int port) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** Over a connection that is there already. */
  public RawHttp(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  /** One exchange on a connection of its own. */
  public static String exchange(int port, String request) throws IOException {
    return exchange(port, request.getBytes(ISO_8859_1));
  }

  public static String exchange(int port, byte[] request) throws IOException {
    try (RawHttp http = new RawHttp(port)) {
      try {
        http.send(request);
        http.socket.shutdownOutput();
      } catch (SocketException answeredBefore) {
        // The server need not hear a request out that it refuses.
        return http.readToEnd();
      }
      return http.readToEnd();
    }
  }

  public void send(String text) throws IOException {
    send(text.getBytes(ISO_8859_1));
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** Everything until the server closes. What it sent before it cut the connection counts. */
  public String readToEnd() throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    try {
      for (int next = in.read(); next >= 0; next = in.read()) {
        answer.write(next);
      }
    } catch (IOException cut) {
      if (answer.size() == 0) {
        throw cut;
      }
    }
    return answer.toString(ISO_8859_1);
  }

  /** One answer with a Content-Length; the connection stays open. */
  public String readAnswer() throws IOException {
    String head = readHead();
    int start = head.toLowerCase(Locale.ROOT).indexOf("content-length: ");
    if (start < 0) {
      return head;
    }
    String length = head.substring(start + 16, head.indexOf('\r', start)).strip();
    byte[] body = socket.getInputStream().readNBytes(Integer.parseInt(length));
    return head + new String(body, ISO_8859_1);
  }

  /** Whether something comes back within a moment. */
  public boolean hasAnswer() throws IOException {
    socket.setSoTimeout(MOMENT_MILLIS);
    try {
      return socket.getInputStream().read() >= 0;
    } catch (SocketTimeoutException silent) {
      return false;
    } finally {
      socket.setSoTimeout(PATIENCE_MILLIS);
    }
  }

  /** Whether the server has ended the connection, now or within a moment. */
  public boolean isReset() throws IOException {
    socket.setSoTimeout(MOMENT_MILLIS);
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException open) {
      return false;
    } catch (SocketException reset) {
      return true;
    } finally {
      if (!socket.isClosed()) {
        socket.setSoTimeout(PATIENCE_MILLIS);
      }
    }
  }

  private String readHead() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
    }
    return head.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
