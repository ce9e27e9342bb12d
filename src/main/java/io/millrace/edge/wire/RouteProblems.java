package io.millrace.edge.wire;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.MethodNotAllowedResponse;
import io.millrace.model.LogField;
import io.millrace.model.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Logs and answers the refusals and failures of routes, and the refusals of the router itself. */
public final class RouteProblems {
  private static final Logger LOG = LoggerFactory.getLogger(RouteProblems.class);

  public void addTo(RoutesConfig routes) {
    routes.exception(
        ProblemException.class, (refused, context) -> answer(context, refused.problem()));
    routes.exception(HttpResponseException.class, (raised, context) -> answer(context, of(raised)));
    routes.exception(Exception.class, (failure, context) -> answer(context, unexpected(failure)));
  }

  private static void answer(Context context, Problem problem) {
    log(problem);
    Answers.problem(context, problem);
  }

  /** The problem for a request that the router itself refuses. */
  private static Problem of(HttpResponseException raised) {
    if (raised instanceof MethodNotAllowedResponse notAllowed) {
      return Problem.methodNotAllowed(
          notAllowed.getDetails().getOrDefault("availableMethods", "POST"));
    }
    if (raised.getStatus() == HttpStatus.NOT_FOUND.getCode()) {
      return Problem.of(
          Reason.UNKNOWN_SOURCE, "There is nothing at this path; send deliveries to /in/SOURCE");
    }
    return unexpected(raised);
  }

  private static Problem unexpected(Exception failure) {
    LOG.atError()
        .setCause(failure)
        .addKeyValue(LogField.REASON, Reason.INTERNAL)
        .log("A request could not be handled");
    return Problem.of(
        Reason.INTERNAL,
        "The request could not be handled because of an error in the edge; see its log");
  }

  /**
   * Logs one line for a mistake of the sender; failures of the edge were logged where they
   * happened.
   */
  public static void log(Problem problem) {
    if (problem.status() >= HttpStatus.INTERNAL_SERVER_ERROR.getCode()) {
      return;
    }
    LoggingEventBuilder line = LOG.atInfo().addKeyValue(LogField.REASON, problem.reason());
    if (problem.source().isPresent()) {
      line = line.addKeyValue(LogField.SOURCE, problem.source().get());
    }
    if (problem.deliveryId().isPresent()) {
      line = line.addKeyValue(LogField.DELIVERY_ID, problem.deliveryId().get());
    }
    line.log(problem.detail());
  }
}
