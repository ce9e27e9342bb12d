package io.millrace.bench.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** One HTTP request on a connection of its own, from an address of one's choice. */
final class RawRequest {
  private static final int PATIENCE_MILLIS = 30_000;
  private static final int STATUS_AT = 9;
  private static final int STATUS_END = 12;

  private RawRequest() {}

  /**
   * Connects.
   *
   * @param from an address of this machine
   */
  static Socket connect(String from, int port) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
      return socket;
    } catch (IOException unreachable) {
      socket.close();
      throw unreachable;
    }
  }

  /**
   * Sends a request and returns the status of its answer.
   *
   * @throws IOException if there is no answer
   */
  static int send(String from, int port, byte[] head, byte[] body) throws IOException {
    try (Socket socket = connect(from, port)) {
      try {
        OutputStream out = socket.getOutputStream();
        out.write(head);
        out.write(body);
      } catch (IOException answeredBefore) {
        // A server need not read in full what it refuses.
        return status(socket.getInputStream());
      }
      return status(socket.getInputStream());
    }
  }

  static byte[] head(String method, String path, String headers, int length) {
    return (method
            + " "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
            + headers
            + "Content-Length: "
            + length
            + "\r\n\r\n")
        .getBytes(ISO_8859_1);
  }

  private static int status(InputStream in) throws IOException {
    String line = new String(in.readNBytes(STATUS_END), ISO_8859_1);
    if (line.length() < STATUS_END) {
      throw new IOException("closed without an answer");
    }
    int status = Integer.parseInt(line.substring(STATUS_AT, STATUS_END));
    // What is left unread would turn our close into a reset.
    in.transferTo(OutputStream.nullOutputStream());
    return status;
  }
}
