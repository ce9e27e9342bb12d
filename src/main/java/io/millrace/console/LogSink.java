package io.millrace.console;

import ch.qos.logback.core.PropertyDefinerBase;

/** Provides logback.xml with the name of the appender to use. */
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
