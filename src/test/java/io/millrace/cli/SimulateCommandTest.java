package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SimulateCommandTest {
  private final StringWriter out = new StringWriter();
  private final List<String> paths = Collections.synchronizedList(new ArrayList<>());

  @TempDir Path directory;

  @Test
  void sendsAsManyRequestsAsAskedForAndSaysWhatWasAnswered() throws Exception {
    HttpServer edge = edge();
    try {
      int code = run(edge, "--source", "orders", "--provider", "stripe", "--count", "40");

      assertThat(code).isEqualTo(Exit.DONE);
      assertThat(paths).hasSize(40).containsOnly("/in/orders");
      assertThat(out.toString()).contains("40 requests to orders, seed 7").contains("200");
    } finally {
      edge.stop(0);
    }
  }

  @Test
  void asksForTheProviderOfASourceItDoesNotKnow() throws Exception {
    HttpServer edge = edge();
    try {
      assertThat(run(edge, "--source", "orders", "--count", "1")).isEqualTo(Exit.USAGE);
      assertThat(out.toString()).contains("--provider").contains("hubspot");
    } finally {
      edge.stop(0);
    }
  }

  @Test
  void saysWhenNobodyAnswers() throws Exception {
    HttpServer edge = edge();
    edge.stop(0);

    assertThat(run(edge, "--source", "billing", "--count", "3")).isEqualTo(Exit.UNREACHABLE);
    assertThat(out.toString()).contains("No edge answers at");
  }

  private int run(HttpServer edge, String... arguments) throws Exception {
    Path secret = Files.writeString(directory.resolve("secret"), "whsec_test\n");
    CommandLine command = new CommandLine(new SimulateCommand());
    command.setOut(new PrintWriter(out, true));
    command.setExecutionExceptionHandler(
        (failure, line, parsed) -> {
          out.append(failure.getMessage());
          return ((CommandException) failure).exitCode();
        });
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(
        List.of(
            "--edge",
            "http://127.0.0.1:" + edge.getAddress().getPort(),
            "--secret-ref",
            "file:" + secret,
            "--rate",
            "1000/s",
            "--seed",
            "7"));
    return command.execute(all.toArray(String[]::new));
  }

  private HttpServer edge() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          paths.add(exchange.getRequestURI().getPath());
          exchange.getRequestBody().readAllBytes();
          byte[] body = "{\"delivery_id\":\"d\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }
}
