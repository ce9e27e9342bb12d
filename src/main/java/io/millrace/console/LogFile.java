package io.millrace.console;

import ch.qos.logback.core.PropertyDefinerBase;

/** Provides logback.xml with the log file; used only if a file was chosen. */
public final class LogFile extends PropertyDefinerBase {

  @Override
  public String getPropertyValue() {
    String choice = System.getProperty(Logging.PROPERTY, "");
    return choice.startsWith(Logging.FILE_PREFIX)
        ? choice.substring(Logging.FILE_PREFIX.length())
        : "millrace.log";
  }
}
