package io.millrace.console;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Chooses where a command's log lines go; by default only warnings are shown, on standard error.
 * {@code -Dmillrace.log=...} overrides the choice.
 */
public final class Logging {
  static final String PROPERTY = "millrace.log";
  static final String FILE_PREFIX = "file:";
  static final String CONSOLE = "console";

  private Logging() {}

  /** Writes JSON lines to standard output, for processes whose output is collected. */
  public static void toConsole() {
    choose(CONSOLE);
  }

  /** Writes JSON lines to a file, to keep the terminal free for people. */
  public static void toFile(Path file) {
    choose(FILE_PREFIX + file.toAbsolutePath());
  }

  /** Routes other logging frameworks to the same place. */
  public static void gather() {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  private static void choose(String sink) {
    if (System.getProperty(PROPERTY) != null) {
      return;
    }
    System.setProperty(PROPERTY, sink);
    // If something was logged earlier, the choice would be too late without this.
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
