package io.millrace.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Restricts the API to operators, because it shows personal data: to those with the token, or
 * without a token to those on this machine. A web page whose name resolves to this machine (DNS
 * rebinding) is refused.
 */
final class GuardApi implements Handler {
  private static final String BEARER = "Bearer ";
  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern LOOPBACK_HOST =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1", Pattern.CASE_INSENSITIVE);

  private final String listeningOn;
  private final Optional<String> token;

  /**
   * @param listeningOn the address the console listens on
   * @param token what a request has to send; empty if there is none
   */
  GuardApi(String listeningOn, Optional<String> token) {
    this.listeningOn = listeningOn;
    this.token = token;
  }

  /** Whether the API can be used at all. */
  boolean isOpen() {
    return token.isPresent() || isOnLoopback();
  }

  private boolean isOnLoopback() {
    return LOOPBACK_HOST.matcher(listeningOn).matches();
  }

  /**
   * The same for what needs no token: a console that only this machine can reach answers no web
   * page. A name is not checked if other machines can reach it, because only they know theirs.
   */
  void checkHostOnLoopback(Context context) {
    if (isOnLoopback() && token.filter(expected -> hasToken(context, expected)).isEmpty()) {
      checkHost(context);
    }
  }

  @Override
  public void handle(Context context) {
    context.header("Cache-Control", "no-store");
    context.header("X-Content-Type-Options", "nosniff");
    if (!isOpen()) {
      throw new ApiProblem(
          HttpStatus.FORBIDDEN,
          "The console is listening on "
              + listeningOn
              + ", which other machines can reach, and there is no token; set console.token");
    }
    if (token.isPresent()) {
      checkToken(context, token.get());
    } else {
      checkHost(context);
    }
  }

  private static void checkToken(Context context, String expected) {
    if (!hasToken(context, expected)) {
      context.header("WWW-Authenticate", "Bearer");
      throw new ApiProblem(
          HttpStatus.UNAUTHORIZED,
          "The operator API requires a token; send Authorization: Bearer and the token that"
              + " console.token refers to");
    }
  }

  private static boolean hasToken(Context context, String expected) {
    String shown = Optional.ofNullable(context.header("Authorization")).orElse("");
    return MessageDigest.isEqual((BEARER + expected).getBytes(UTF_8), shown.getBytes(UTF_8));
  }

  private static void checkHost(Context context) {
    String host = Optional.ofNullable(context.header("Host")).orElse("");
    if (!LOOPBACK.matcher(host).matches()) {
      throw new ApiProblem(
          HttpStatus.MISDIRECTED_REQUEST,
          "Without a token, this console is available only as localhost or 127.0.0.1; set"
              + " console.token, and send it, to use another name");
    }
  }
}
