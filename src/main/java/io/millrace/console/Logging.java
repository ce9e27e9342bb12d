package io.millrace.console;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Chooses where a command's log lines go; without a choice only warnings are shown, on standard
 * error. Whoever starts the program overrules it with {@code -Dmillrace.log=...}.
 */
public final class Logging {
  static final String PROPERTY = "millrace.log";
  static final String FILE_PREFIX = "file:";
  static final String CONSOLE = "console";

  private Logging() {}

  /** JSON lines on standard output: for processes whose output somebody collects. */
  public static void toConsole() {
    choose(CONSOLE);
  }

  /** JSON lines into a file, so that the terminal stays free for people. */
  public static void toFile(Path file) {
    choose(FILE_PREFIX + file.toAbsolutePath());
  }

  /** Libraries that log in other ways log where everything else does. */
  public static void gather() {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  private static void choose(String sink) {
    if (System.getProperty(PROPERTY) != null) {
      return;
    }
    System.setProperty(PROPERTY, sink);
    // Something may have logged before, and then the choice comes too late without this.
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.reset();
      try {
        new ContextInitializer(context).autoConfig();
      } catch (JoranException unreadable) {
        throw new IllegalStateException("logback.xml cannot be read", unreadable);
      }
    }
  }
}
