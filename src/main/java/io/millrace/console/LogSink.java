package io.millrace.console;

import ch.qos.logback.core.PropertyDefinerBase;

/** Tells logback.xml which of its appenders to use. */
public final class LogSink extends PropertyDefinerBase {

  @Override
  public String getPropertyValue() {
    return of(System.getProperty(Logging.PROPERTY, ""));
  }

  static String of(String choice) {
    if (choice.startsWith(Logging.FILE_PREFIX)) {
      return "file";
    }
    return choice.equals(Logging.CONSOLE) ? "console" : "errors";
  }
}
