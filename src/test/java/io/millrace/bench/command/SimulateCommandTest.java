package io.millrace.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.millrace.app.CommandException;
import io.millrace.app.Exit;
import io.millrace.bench.sender.Signers;
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
      int code =
          run(edge, "--source", "orders", "--provider", "stripe", "--count", "40", "--forged", "0");

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
  void sendsAnyProviderOfTheCatalogue() throws Exception {
    HttpServer edge = edge();
    try {
      assertThat(
              run(edge, "--source", "chat", "--provider", "slack", "--count", "9", "--forged", "1"))
          .isEqualTo(Exit.NO);
      assertThat(paths).hasSize(9).containsOnly("/in/chat");
      assertThat(out.toString()).contains("not answered as planned");
    } finally {
      edge.stop(0);
    }
  }

  @Test
  void postsToTheEdgeWhatItSignedForThePublicAddress() throws Exception {
    HttpServer edge = edge();
    try {
      String told = "https://hooks.example.com/millrace/in/mails";
      String[] arguments = {
        "--source", "mails", "--provider", "mailchimp", "--public-url", told, "--count", "3"
      };

      assertThat(run(edge, arguments, "--forged", "0")).isEqualTo(Exit.DONE);
      assertThat(paths).hasSize(3).containsOnly("/in/mails/whsec_test");
    } finally {
      edge.stop(0);
    }
  }

  @Test
  void namesTheNearestProvidersForOneThatIsUnknown() throws Exception {
    HttpServer edge = edge();
    try {
      assertThat(run(edge, "--source", "chat", "--provider", "slak", "--count", "1"))
          .isEqualTo(Exit.USAGE);
      assertThat(out.toString()).contains("did you mean slack");
    } finally {
      edge.stop(0);
    }
  }

  @Test
  void saysWhatEachProviderSends() {
    CommandLine command = new CommandLine(new SimulateCommand());
    command.setOut(new PrintWriter(out, true));

    assertThat(command.execute("--list")).isEqualTo(Exit.DONE);
    assertThat(out.toString())
        .containsPattern("hubspot +hmac-sha256 +1-12 +contact.created, ")
        .containsPattern("salesforce-om +token +1-8 +lead.updated, ");
  }

  @Test
  void printsAPairForAProviderThatSignsWithAPrivateKey() {
    CommandLine command = new CommandLine(new SimulateCommand());
    command.setOut(new PrintWriter(out, true));

    assertThat(command.execute("--generate-key", "--provider", "sendgrid")).isEqualTo(Exit.DONE);
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(Signers.of("sendgrid", lines.get(3)).proof().name())
        .isEqualTo("X-Twilio-Email-Event-Webhook-Signature");
  }

  @Test
  void saysWhenNobodyAnswers() throws Exception {
    HttpServer edge = edge();
    edge.stop(0);

    assertThat(run(edge, "--source", "billing", "--count", "3")).isEqualTo(Exit.UNREACHABLE);
    assertThat(out.toString()).contains("No edge answers at");
  }

  private int run(HttpServer edge, String[] some, String... more) throws Exception {
    List<String> all = new ArrayList<>(List.of(some));
    all.addAll(List.of(more));
    return run(edge, all.toArray(String[]::new));
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
