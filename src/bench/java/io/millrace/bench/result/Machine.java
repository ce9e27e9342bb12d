package io.millrace.bench.result;

import java.util.LinkedHashMap;
import java.util.Map;

/** Describes the machine that a figure was measured on. */
public final class Machine {
  private Machine() {}

  /** By name, in display order. */
  public static Map<String, String> setting() {
    Map<String, String> setting = new LinkedHashMap<>();
    setting.put("cores", Runtime.getRuntime().availableProcessors() + " cores");
    setting.put("java", "Java " + Runtime.version().feature());
    setting.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return setting;
  }
}
