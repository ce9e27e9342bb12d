package io.millrace.console;

import ch.qos.logback.core.PropertyDefinerBase;

/** Tells logback.xml the file to log into; not used unless a file was chosen. */
public final class LogFile extends PropertyDefinerBase {

  @Override
  public String getPropertyValue() {
    String choice = System.getProperty(Logging.PROPERTY, "");
    return choice.startsWith(Logging.FILE_PREFIX)
        ? choice.substring(Logging.FILE_PREFIX.length())
        : "millrace.log";
  }
}
